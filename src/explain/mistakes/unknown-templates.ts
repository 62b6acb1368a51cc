import { annotations } from '../../inject/annotations.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import type { Mistake } from '../explanation.ts';
import { objectText } from '../object-name.ts';
import { podField } from '../second-gate.ts';
import type { Finder } from './finder.ts';

/** Names of templates that there are not; a pod that asks for one is refused. */
export const unknownTemplates: Finder = function* ({ subject, injector }): Generator<Mistake> {
  const wish = subject.annotations[annotations.templates];
  if (wish === undefined) return;
  const { templates, aliases } = injector.configuration.config;
  const known = [...templates.keys(), ...aliases.keys()];
  for (const name of new Set(wish.split(',').map((one) => one.trim()))) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    yield {
      code: 'template-unknown',
      message: `there is no template ${JSON.stringify(name)}; there are ${known.join(', ')}${guess}`,
      object: subject.name,
      field: podField(subject, `metadata.annotations[${JSON.stringify(annotations.templates)}]`),
      remedies: [{ text: `Name one of them, or add it to ${objectText(injector.source)}` }],
    };
  }
};
