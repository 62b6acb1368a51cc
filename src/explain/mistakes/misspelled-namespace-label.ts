import { labels, namespaceLabels } from '../../inject/annotations.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import { commandLine } from '../command-line.ts';
import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

/** Too far from the right name to be found by its letters, or the name that something else has. */
const mistaken: ReadonlyMap<string, string> = new Map([
  ['istio-inject', namespaceLabels.injection],
  ['istio-injected', namespaceLabels.injection],
  ['istio-enabled', namespaceLabels.injection],
  ['istio', namespaceLabels.injection],
  ['istio.io/inject', namespaceLabels.injection],
  ['istio.io/injection', namespaceLabels.injection],
  ['sidecar.istio.io/injection', namespaceLabels.injection],
  ['sidecar-injection', namespaceLabels.injection],
  [labels.inject, namespaceLabels.injection],
  ['istio.io/revision', namespaceLabels.revision],
  ['istio-rev', namespaceLabels.revision],
  ['istio-revision', namespaceLabels.revision],
  ['istio/rev', namespaceLabels.revision],
]);

const right = [namespaceLabels.injection, namespaceLabels.revision] as const;
/** Labels that mean what they say, and come close to one that does not. */
const others: ReadonlySet<string> = new Set(['istio.io/tag', 'istio.io/use-waypoint']);

/** A label of the namespace that nobody reads, and that is like one that counts. */
export const misspelledNamespaceLabel: Finder = function* ({ subject }): Generator<Mistake> {
  const { namespaceLabels: found = {}, namespace } = subject;
  for (const [name, value] of Object.entries(found)) {
    if ((right as readonly string[]).includes(name) || others.has(name)) continue;
    const meant =
      mistaken.get(name.toLowerCase()) ??
      (/ist?io|itsio/i.test(name) ? nearestName(name, right) : undefined);
    if (meant === undefined) continue;
    const wanted = meant === namespaceLabels.injection ? injectionValue(value) : value;
    yield {
      code: 'namespace-label-misspelled',
      message: `nobody reads label ${name} of a namespace; ${meant} may be meant`,
      object: namespaceOf(subject),
      field: labelField(name),
      remedies: [
        {
          text: 'Put the right label in its place',
          command: commandLine(
            'kubectl',
            'label',
            'namespace',
            namespace.name,
            `${meant}=${wanted}`,
            `${name}-`,
          ),
        },
      ],
    };
  }
};

function injectionValue(value: string): string {
  return /^(?:false|disabled?|no|off|0)$/i.test(value) ? 'disabled' : 'enabled';
}
