/** What level `restricted` forbids beyond `baseline`. Exports: {@link restrictedRules}. */
import { securityContexts } from './baseline.ts';
import { at, objectAt, objectsAt } from './pod-parts.ts';
import type { SecurityRule } from './violation.ts';

const volumeTypes: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** The rules that level `restricted` adds. */
export const restrictedRules: readonly SecurityRule[] = [
  {
    name: 'Volume Types',
    *check({ spec }) {
      for (const [index, volume] of objectsAt(spec, 'volumes')) {
        for (const type of Object.keys(volume)) {
          // Baseline has told of host paths already.
          if (type === 'name' || type === 'hostPath' || volumeTypes.has(type)) continue;
          const message = `volume ${JSON.stringify(at(volume, 'name'))} is of type ${type}`;
          yield { container: undefined, message, path: ['spec', 'volumes', index, type] };
        }
      }
    },
  },
  {
    name: 'Privilege Escalation',
    *check({ containers, windows }) {
      if (windows) return;
      for (const { name, securityContext, path } of containers) {
        if (at(securityContext, 'allowPrivilegeEscalation') === false) continue;
        const message = 'allowPrivilegeEscalation must be false';
        yield { container: name, message, path: [...path, 'securityContext'] };
      }
    },
  },
  {
    name: 'Running as Non-root',
    *check({ containers, securityContext: podContext }) {
      for (const { name, securityContext, path } of containers) {
        const value = at(securityContext, 'runAsNonRoot') ?? at(podContext, 'runAsNonRoot');
        if (value === true) continue;
        const message = 'runAsNonRoot must be true';
        yield { container: name, message, path: [...path, 'securityContext'] };
      }
    },
  },
  {
    name: 'Running as Non-root user',
    *check(pod) {
      for (const { container, context, path } of securityContexts(pod)) {
        if (at(context, 'runAsUser') !== 0) continue;
        const message = 'runAsUser must not be 0';
        yield { container, message, path: [...path, 'runAsUser'] };
      }
    },
  },
  {
    name: 'Seccomp',
    *check({ containers, securityContext: podContext, windows }) {
      if (windows) return;
      for (const { name, securityContext, path } of containers) {
        const profile = (context: typeof podContext) =>
          at(objectAt(context, 'seccompProfile'), 'type');
        const type = profile(securityContext) ?? profile(podContext);
        if (type !== undefined && type !== '') continue;
        const message = 'seccompProfile.type must be RuntimeDefault or Localhost';
        yield { container: name, message, path: [...path, 'securityContext'] };
      }
    },
  },
  {
    name: 'Capabilities',
    *check({ containers, windows }) {
      if (windows) return;
      for (const { name, securityContext, path } of containers) {
        const { drop, add } = objectAt(securityContext, 'capabilities');
        const place = [...path, 'securityContext'];
        if (!Array.isArray(drop) || !drop.includes('ALL')) {
          yield { container: name, message: 'must drop ALL capabilities', path: place };
        }
        const added = Array.isArray(add) ? add.filter((one) => one !== 'NET_BIND_SERVICE') : [];
        if (added.length === 0) continue;
        const message = `adds the capabilities ${added.join(', ')}`;
        yield { container: name, message, path: [...place, 'capabilities', 'add'] };
      }
    },
  },
];
