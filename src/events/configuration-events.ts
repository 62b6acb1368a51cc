import type { ConfigurationHooks } from '../serving/configuration-holder.ts';
import { placeText } from '../serving/source.ts';
import type { ClusterEvent } from './cluster-event.ts';

/** As sources of configuration describe a ConfigMap. */
const configMap = /\bConfigMap ([^\s/]+)\/([^\s,]+)/;

/** Hooks that put an Event beside the ConfigMap whose change was refused. Files have no Events. */
export function eventsOfReloads(write: (event: ClusterEvent) => void): ConfigurationHooks {
  return {
    refused({ error, source, reason }) {
      const [, namespace, name] =
        configMap.exec(placeText(error.place)) ?? configMap.exec(source) ?? [];
      if (namespace === undefined || name === undefined) return;
      write({
        subject: { apiVersion: 'v1', kind: 'ConfigMap', name, namespace },
        type: 'Warning',
        reason: 'ConfigurationRefused',
        message: `The change is refused, the last good configuration stays in force: ${reason}`,
      });
    },
  };
}
