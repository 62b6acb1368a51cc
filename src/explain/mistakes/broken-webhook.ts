import { checkBundles } from '../../diagnose/check-bundles.ts';
import { commandLine } from '../command-line.ts';
import type { Mistake, ObjectName } from '../explanation.ts';
import { configurationOf } from '../gate.ts';
import type { WebhookEntry } from '../webhooks/webhook-entry.ts';
import type { Finder } from './finder.ts';

/** The webhook that matches cannot be called: pods are refused, or made without their sidecar. */
export const brokenWebhook: Finder = function* ({ subject, gate }): Generator<Mistake> {
  const { cluster } = subject;
  if (cluster.webhooksAssumed) return;
  for (const entry of gate.called) {
    yield* brokenBundle(entry, cluster.now);
    yield* brokenService(entry, subject.cluster.services);
  }
};

function* brokenBundle(entry: WebhookEntry, now: Date): Generator<Mistake> {
  // What is outside of the cluster may have a certificate that everybody trusts.
  if (entry.service === undefined && entry.bundle === '') return;
  const check = checkBundles([entry], now);
  if (check.state === 'ok') return;
  const { detail, todo } = check;
  yield {
    code: 'ca-bundle',
    message: `${detail}; ${consequence(entry)}`,
    object: configurationOf(entry),
    field: `webhooks[${entry.index}].clientConfig.caBundle`,
    remedies: todo === undefined ? [] : [{ text: todo }],
  };
}

function* brokenService(
  entry: WebhookEntry,
  services: Parameters<Finder>[0]['subject']['cluster']['services'],
): Generator<Mistake> {
  const { service } = entry;
  const key = service === undefined ? (entry.url ?? '') : `${service.namespace}/${service.name}`;
  const facts = services.get(key);
  if (facts === undefined) return;
  if (facts.distrust !== undefined) {
    yield {
      code: 'ca-bundle-untrusted',
      message: `what answers for the webhook has a certificate that caBundle does not vouch for (${facts.distrust}); ${consequence(entry)}`,
      object: configurationOf(entry),
      field: `webhooks[${entry.index}].clientConfig.caBundle`,
      remedies: [
        {
          text: 'Look at who else writes caBundle, and at the certificate',
          command: 'outrigger doctor',
        },
      ],
    };
  }
  if (service === undefined) return;
  const object: ObjectName = { kind: 'Service', namespace: service.namespace, name: service.name };
  if (!facts.exists) {
    yield {
      code: 'service-missing',
      message: `webhook ${entry.entry} calls a Service that is not there; ${consequence(entry)}`,
      object,
      remedies: [
        {
          text: 'Install the injector again, or remove its webhook configuration',
          command: commandLine(
            'kubectl',
            'delete',
            'mutatingwebhookconfiguration',
            entry.configuration,
          ),
        },
      ],
    };
    return;
  }
  if (facts.ports !== undefined && !facts.ports.includes(service.port)) {
    yield {
      code: 'service-port',
      message: `webhook ${entry.entry} calls port ${service.port} of a Service that only has ${facts.ports.join(', ') || 'none'}; ${consequence(entry)}`,
      object,
      field: 'spec.ports',
      remedies: [],
    };
  }
  if (facts.readyEndpoints === 0) {
    yield {
      code: 'service-without-endpoints',
      message: `no injector is ready behind the Service that the webhook calls; ${consequence(entry)}`,
      object,
      remedies: [
        {
          text: 'Look at its pods and their logs',
          command: commandLine('kubectl', 'get', 'pods', '-n', service.namespace),
        },
      ],
    };
  }
}

function consequence({ failurePolicy }: WebhookEntry): string {
  return failurePolicy === 'Ignore'
    ? 'with failurePolicy Ignore, pods are made without a sidecar'
    : 'with failurePolicy Fail, pods cannot be made';
}
