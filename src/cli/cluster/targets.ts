/** What is named on the command line. Exports: {@link parseTargets}, {@link Target}. */
import { OutriggerError } from '../../errors.ts';
import type { WorkloadKinds } from '../../inject/workload/workload-kinds.ts';
import { type ResourceKind, resourceKind } from './resource-kinds.ts';

/** An object of a cluster. */
export interface Target extends ResourceKind {
  readonly name: string;
}

/**
 * Reads `deploy/web pod/web-1`, or `deploy web api` as kubectl takes it.
 *
 * @throws OutriggerError `OUTRIGGER_USAGE`
 */
export function parseTargets(words: readonly string[], kinds: WorkloadKinds): Target[] {
  const [first = '', ...names] = words;
  if (words.some((word) => word.includes('/'))) {
    return words.map((word) => {
      const [kind = '', name = '', ...rest] = word.split('/');
      if (kind === '' || name === '' || rest.length > 0) throw malformed(word);
      return { ...resourceKind(kind, kinds), name };
    });
  }
  if (names.length === 0) throw malformed(first);
  const kind = resourceKind(first, kinds);
  return names.map((name) => ({ ...kind, name }));
}

function malformed(word: string): OutriggerError {
  return new OutriggerError('OUTRIGGER_USAGE', `not the name of an object: "${word}"`, {
    hint: 'Write kind/name, such as pod/web-1, deploy/web or ns/shop; a manifest is named with -f.',
  });
}
