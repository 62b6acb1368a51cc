/** Exports: {@link LiveDifference}, {@link printDifference}. */
import { OutriggerError } from '../../errors.ts';
import { metadataText, typeOf } from '../../inject/workload/workload-kinds.ts';
import type { JsonObject } from '../../json.ts';
import { lineEdits } from '../../manifest/diff/line-edits.ts';
import { type DiffLine, UnifiedDiff } from '../../manifest/diff/unified-diff.ts';
import type { LiveObjects } from '../cluster/live-objects.ts';
import { objectTexts, objectTitle, withoutBookkeeping } from './object-text.ts';

/** Compares objects as they are in a cluster with what they would be. */
export class LiveDifference {
  readonly #objects: LiveObjects;
  readonly #namespace: string;
  readonly #fieldManager: string;

  /** @param namespace of objects that name none */
  constructor(
    objects: LiveObjects,
    { namespace, fieldManager }: { readonly namespace: string; readonly fieldManager: string },
  ) {
    this.#objects = objects;
    this.#namespace = namespace;
    this.#fieldManager = fieldManager;
  }

  /**
   * Prints what applying an object would change.
   *
   * @returns whether it would change anything
   * @throws OutriggerError when the API server refuses the object, or cannot be asked
   */
  async print(object: JsonObject, write: (line: DiffLine) => void): Promise<boolean> {
    const { apiVersion, kind } = typeOf(object);
    const name = metadataText(object, 'name');
    if (apiVersion === '' || kind === '' || name === '') throw nameless();
    const namespace = metadataText(object, 'namespace') || this.#namespace;
    const { list } = await this.#objects.place(apiVersion, kind, namespace);
    const path = `${list}/${encodeURIComponent(name)}`;
    const live = await this.#objects.find(path);
    const merged = await this.#objects.request({
      method: 'PATCH',
      path,
      // A dry run goes through admission and validation, and is not stored.
      query: { dryRun: 'All', force: 'true', fieldManager: this.#fieldManager },
      // Every JSON is YAML.
      contentType: 'application/apply-patch+yaml',
      body: withoutBookkeeping(object),
    });
    return printDifference(live, merged, write);
  }
}

/** Prints what differs between two states of an object. @returns whether anything does */
export function printDifference(
  before: JsonObject | undefined,
  after: JsonObject,
  write: (line: DiffLine) => void,
): boolean {
  const [text, newText] = objectTexts(before, after);
  if (text === newText) return false;
  const title = objectTitle(after);
  const diff = new UnifiedDiff([title, title], write);
  diff.add(text, lineEdits(text, newText));
  diff.end();
  return true;
}

function nameless(): OutriggerError {
  return new OutriggerError(
    'OUTRIGGER_MANIFEST',
    'apiVersion, kind and metadata.name are needed to find the object in the cluster',
    { hint: 'Without --live, names do not matter.' },
  );
}
