import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { checkPodSecurity } from '../../src/pod-security/check-pod-security.ts';

/** A container that every level allows, and what it is changed to. */
function pod(container: JsonObject = {}, spec: JsonObject = {}, annotations: JsonObject = {}) {
  const securityContext = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
    ...(container['securityContext'] as JsonObject | undefined),
  };
  return {
    metadata: { annotations },
    spec: { containers: [{ name: 'app', ...container, securityContext }], ...spec },
  };
}

const told = (subject: JsonObject, level: 'baseline' | 'restricted') =>
  checkPodSecurity(subject, level).map(({ rule, container }) => `${rule}: ${container ?? 'pod'}`);

describe('a pod that follows all rules', () => {
  it('is not complained about', () => {
    expect(told(pod(), 'restricted')).toEqual([]);
    const relaxed = pod(
      { securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } },
      {
        securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] },
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', projected: {} },
        ],
      },
      { 'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default' },
    );
    expect(told(relaxed, 'restricted')).toEqual([]);
  });

  it('may say it once for all containers', () => {
    const subject = {
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Localhost' } },
        initContainers: [
          {
            name: 'first',
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    };
    expect(told(subject, 'restricted')).toEqual([]);
  });
});

describe('level baseline', () => {
  it.each<[string, JsonObject]>([
    ['HostProcess: app', pod({ securityContext: { windowsOptions: { hostProcess: true } } })],
    ['Host Namespaces: pod', pod({}, { hostNetwork: true })],
    ['Host Namespaces: pod', pod({}, { hostPID: true })],
    ['Privileged Containers: app', pod({ securityContext: { privileged: true } })],
    ['Capabilities: app', pod({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } })],
    ['HostPath Volumes: pod', pod({}, { volumes: [{ name: 'v', hostPath: { path: '/' } }] })],
    ['Host Ports: app', pod({ ports: [{ containerPort: 1, hostPort: 80 }] })],
    [
      'Host Probes / Lifecycle Hooks: app',
      pod({ livenessProbe: { httpGet: { host: 'elsewhere', port: 1 } } }),
    ],
    [
      'Host Probes / Lifecycle Hooks: app',
      pod({ lifecycle: { preStop: { tcpSocket: { host: 'elsewhere', port: 1 } } } }),
    ],
    ['AppArmor: app', pod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } })],
    [
      'AppArmor: app',
      pod({}, {}, { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' }),
    ],
    ['SELinux: app', pod({ securityContext: { seLinuxOptions: { type: 'spc_t' } } })],
    ['SELinux: pod', pod({}, { securityContext: { seLinuxOptions: { role: 'r' } } })],
    ['/proc Mount Type: app', pod({ securityContext: { procMount: 'Unmasked' } })],
    ['Seccomp: app', pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } })],
    ['Sysctls: pod', pod({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax' }] } })],
  ])('forbids, and so does restricted: %s', (wanted, subject) => {
    expect(told(subject, 'baseline')).toEqual([wanted]);
    expect(told(subject, 'restricted')).toContain(wanted);
  });

  it('says nothing about what only restricted asks for', () => {
    expect(told({ spec: { containers: [{ name: 'app' }] } }, 'baseline')).toEqual([]);
  });
});

describe('level restricted', () => {
  it('asks for everything by name, for each container', () => {
    const subject = { spec: { containers: [{ name: 'a' }], initContainers: [{ name: 'b' }] } };
    expect(told(subject, 'restricted')).toEqual([
      'Privilege Escalation: b',
      'Privilege Escalation: a',
      'Running as Non-root: b',
      'Running as Non-root: a',
      'Seccomp: b',
      'Seccomp: a',
      'Capabilities: b',
      'Capabilities: a',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['Volume Types: pod', pod({}, { volumes: [{ name: 'v', nfs: {} }] })],
    ['Running as Non-root: app', pod({ securityContext: { runAsNonRoot: false } })],
    ['Running as Non-root user: app', pod({ securityContext: { runAsUser: 0 } })],
    [
      'Capabilities: app',
      pod({ securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } }),
    ],
  ])('forbids, and baseline does not: %s', (wanted, subject) => {
    expect(told(subject, 'restricted')).toEqual([wanted]);
    expect(told(subject, 'baseline')).toEqual([]);
  });

  it('does not ask Windows for what only Linux has', () => {
    const subject = {
      spec: { os: { name: 'windows' }, securityContext: { runAsNonRoot: true }, containers: [{}] },
    };
    expect(told(subject, 'restricted')).toEqual([]);
  });

  it('says where it is', () => {
    const [first] = checkPodSecurity(pod({ securityContext: { runAsUser: 0 } }), 'restricted');
    expect(first?.path).toEqual(['spec', 'containers', 0, 'securityContext', 'runAsUser']);
  });
});

it('takes any JSON for a pod', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const level of ['baseline', 'restricted'] as const) {
        checkPodSecurity({ metadata: value, spec: value } as JsonObject, level);
        checkPodSecurity({ spec: { containers: [value], volumes: [value] } } as JsonObject, level);
      }
    }),
  );
});
