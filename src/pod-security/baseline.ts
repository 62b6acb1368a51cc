/** The rules of level `baseline` (k8s.io/pod-security-admission/policy). Exports: {@link baselineRules}. */
import { isJsonObject, type JsonValue } from '../json.ts';
import { at, objectAt, objectsAt, type PodParts } from './pod-parts.ts';
import type { SecurityRule } from './violation.ts';

const capabilities: ReadonlySet<JsonValue> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const selinuxTypes: ReadonlySet<JsonValue> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const sysctls: ReadonlySet<JsonValue> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** The pod's own security context, and each container's. */
export function* securityContexts({ securityContext, containers }: PodParts) {
  yield {
    container: undefined,
    context: securityContext,
    path: ['spec', 'securityContext'] as readonly (string | number)[],
  };
  for (const { name, securityContext: context, path } of containers) {
    yield { container: name, context, path: [...path, 'securityContext'] };
  }
}

/** Everything that level `baseline` forbids. */
export const baselineRules: readonly SecurityRule[] = [
  {
    name: 'HostProcess',
    *check(pod) {
      for (const { container, context, path } of securityContexts(pod)) {
        if (at(objectAt(context, 'windowsOptions'), 'hostProcess') !== true) continue;
        const message = 'windowsOptions.hostProcess must not be true';
        yield { container, message, path: [...path, 'windowsOptions', 'hostProcess'] };
      }
    },
  },
  {
    name: 'Host Namespaces',
    *check({ spec }) {
      for (const member of ['hostNetwork', 'hostPID', 'hostIPC']) {
        if (at(spec, member) !== true) continue;
        yield {
          container: undefined,
          message: `${member} must not be true`,
          path: ['spec', member],
        };
      }
    },
  },
  {
    name: 'Privileged Containers',
    *check({ containers }) {
      for (const { name, securityContext, path } of containers) {
        if (at(securityContext, 'privileged') !== true) continue;
        const message = 'privileged must not be true';
        yield { container: name, message, path: [...path, 'securityContext', 'privileged'] };
      }
    },
  },
  {
    name: 'Capabilities',
    *check({ containers }) {
      for (const { name, securityContext, path } of containers) {
        const added = at(objectAt(securityContext, 'capabilities'), 'add');
        const wrong = Array.isArray(added) ? added.filter((one) => !capabilities.has(one)) : [];
        if (wrong.length === 0) continue;
        const message = `adds the capabilities ${wrong.join(', ')}`;
        yield {
          container: name,
          message,
          path: [...path, 'securityContext', 'capabilities', 'add'],
        };
      }
    },
  },
  {
    name: 'HostPath Volumes',
    *check({ spec }) {
      for (const [index, volume] of objectsAt(spec, 'volumes')) {
        if (at(volume, 'hostPath') === undefined) continue;
        const message = `volume ${JSON.stringify(at(volume, 'name'))} is a hostPath`;
        yield {
          container: undefined,
          message,
          path: ['spec', 'volumes', index, 'hostPath'],
        };
      }
    },
  },
  {
    name: 'Host Ports',
    *check({ containers }) {
      for (const { name, container, path } of containers) {
        for (const [index, port] of objectsAt(container, 'ports')) {
          const { hostPort } = port;
          if (!hostPort) continue;
          const message = `uses port ${hostPort} of the host`;
          yield { container: name, message, path: [...path, 'ports', index, 'hostPort'] };
        }
      }
    },
  },
  {
    name: 'Host Probes / Lifecycle Hooks',
    *check({ containers }) {
      for (const { name, container, path } of containers) {
        const lifecycle = objectAt(container, 'lifecycle');
        const handlers = [
          ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
            (member) => [[member], objectAt(container, member)] as const,
          ),
          ...['postStart', 'preStop'].map(
            (member) => [['lifecycle', member], objectAt(lifecycle, member)] as const,
          ),
        ];
        for (const [way, handler] of handlers) {
          for (const action of ['httpGet', 'tcpSocket']) {
            const host = at(objectAt(handler, action), 'host');
            if (host === undefined || host === '') continue;
            const message = `${way.join('.')}.${action}.host must not be set`;
            yield { container: name, message, path: [...path, ...way, action, 'host'] };
          }
        }
      }
    },
  },
  {
    name: 'AppArmor',
    *check(pod) {
      for (const { container, context, path } of securityContexts(pod)) {
        if (at(objectAt(context, 'appArmorProfile'), 'type') !== 'Unconfined') continue;
        const message = 'appArmorProfile.type must not be Unconfined';
        yield { container, message, path: [...path, 'appArmorProfile', 'type'] };
      }
      const prefix = 'container.apparmor.security.beta.kubernetes.io/';
      for (const [name, value] of Object.entries(pod.annotations)) {
        if (!name.startsWith(prefix) || typeof value !== 'string') continue;
        if (/^(?:|runtime\/default|localhost\/.*)$/.test(value)) continue;
        const message = `annotation ${name} must not be ${JSON.stringify(value)}`;
        yield {
          container: name.slice(prefix.length),
          message,
          path: ['metadata', 'annotations', name],
        };
      }
    },
  },
  {
    name: 'SELinux',
    *check(pod) {
      for (const { container, context, path } of securityContexts(pod)) {
        const { type = '', user = '', role = '' } = objectAt(context, 'seLinuxOptions');
        if (!selinuxTypes.has(type ?? '')) {
          const message = `seLinuxOptions.type must not be ${JSON.stringify(type)}`;
          yield { container, message, path: [...path, 'seLinuxOptions', 'type'] };
        }
        for (const [member, value] of Object.entries({ user, role })) {
          if (!value) continue;
          const message = `seLinuxOptions.${member} must not be set`;
          yield { container, message, path: [...path, 'seLinuxOptions', member] };
        }
      }
    },
  },
  {
    name: '/proc Mount Type',
    *check({ containers }) {
      for (const { name, securityContext, path } of containers) {
        const type = at(securityContext, 'procMount') ?? '';
        if (type === '' || type === 'Default') continue;
        const message = 'procMount must be Default';
        yield { container: name, message, path: [...path, 'securityContext', 'procMount'] };
      }
    },
  },
  {
    name: 'Seccomp',
    *check(pod) {
      for (const { container, context, path } of securityContexts(pod)) {
        if (at(objectAt(context, 'seccompProfile'), 'type') !== 'Unconfined') continue;
        const message = 'seccompProfile.type must not be Unconfined';
        yield { container, message, path: [...path, 'seccompProfile', 'type'] };
      }
    },
  },
  {
    name: 'Sysctls',
    *check({ securityContext }) {
      const list = at(securityContext, 'sysctls');
      for (const [index, sysctl] of Array.isArray(list) ? list.entries() : []) {
        const name = isJsonObject(sysctl) ? (at(sysctl, 'name') ?? '') : '';
        if (sysctls.has(name)) continue;
        const path = ['spec', 'securityContext', 'sysctls', index];
        yield { container: undefined, message: `sysctl ${name} is not a safe one`, path };
      }
    },
  },
];
