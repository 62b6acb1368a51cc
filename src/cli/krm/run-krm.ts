import { OutriggerError } from '../../errors.ts';
import { injectObject, type PatchOperation } from '../../inject/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { parseDocument } from '../../manifest/documents/parse-document.ts';
import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { patchDocument } from '../../manifest/patch-document.ts';
import type { CliContext } from '../context.ts';
import { admissionInjector, asAdmission } from '../documents/admission-injector.ts';
import type { InjectionFlags } from '../documents/injection-flags.ts';
import { stdinName } from '../documents/input-names.ts';
import { type Injection, loadInjection } from '../documents/load-injection.ts';
import { addNamespaces, namespaceTable } from '../documents/namespace-table.ts';
import { readInput } from '../documents/read-input.ts';
import { streamTarget } from '../output/stream-target.ts';
import { errorsIn, inFile } from '../several-errors.ts';
import { type FunctionResult, resultsOf } from './function-results.ts';
import { functionSettings } from './function-settings.ts';

/**
 * Runs as a KRM function: a ResourceList on stdin, the same with injected items and with `results` on stdout.
 * When anything is refused, no item changes, and the results come with the errors among them.
 *
 * @throws OutriggerError or AggregateError of them
 */
export async function runKrm(flags: InjectionFlags, context: CliContext): Promise<void> {
  const pieces: string[] = [];
  for await (const piece of readInput('-', context)) pieces.push(piece);
  const document: SourceDocument = { text: pieces.join(''), separator: '', number: 1, line: 1 };
  let list: ResourceList;
  try {
    list = resourceList(document);
  } catch (error) {
    throw inFile(error, stdinName);
  }

  const errors: unknown[] = [];
  const results: FunctionResult[] = [];
  const patch: PatchOperation[] = [];
  let configured: InjectionFlags = {};
  try {
    configured = functionSettings(list.object['functionConfig']);
    const injection = await injectionFor({ ...flags, ...configured }, list.items, context, results);
    for (const [index, item] of list.items.entries()) {
      const result = injectObject(injection.injector, item, injection.kinds);
      results.push(...resultsOf(item, result, { ...document, text: '' }));
      for (const operation of result.patch) patch.push(moved(operation, `/items/${index}`));
    }
  } catch (error) {
    errors.push(...errorsIn(error).map((one) => failure(one, configured)));
    for (const one of errors) {
      results.push({ message: errorMessage(one), severity: 'error' });
    }
  }
  const refused = results.filter(({ severity }) => severity === 'error');
  await write(document, list.object, refused.length > 0 ? [] : patch, results, context);
  if (errors.length > 0) throw new AggregateError(errors);
  if (refused.length > 0) {
    throw new AggregateError(
      refused.map(({ message }) => new OutriggerError('OUTRIGGER_MANIFEST', message)),
    );
  }
}

/** A value that cannot be is no mistake on the command line where the functionConfig gives some. */
function failure(error: unknown, configured: InjectionFlags): unknown {
  if (!(error instanceof OutriggerError) || error.code !== 'OUTRIGGER_USAGE') return error;
  if (Object.keys(configured).length === 0) return error;
  const { message, place, hint } = error;
  return new OutriggerError('OUTRIGGER_CONFIG', message, {
    place,
    cause: error,
    ...(hint !== undefined && { hint }),
  });
}

function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const path = error instanceof OutriggerError ? error.place.path : undefined;
  return path === undefined ? error.message : `${path}: ${error.message}`;
}

interface ResourceList {
  readonly object: JsonObject;
  readonly items: readonly JsonObject[];
}

function resourceList(document: SourceDocument): ResourceList {
  const object = parseDocument(document);
  const { kind, items = [] } = object ?? {};
  if (object === undefined || kind !== 'ResourceList') {
    throw new OutriggerError(
      'OUTRIGGER_MANIFEST',
      `a ResourceList is expected, got ${typeof kind === 'string' ? kind : 'none'}`,
      { hint: 'For manifests as they are, use: outrigger kube-inject -f -' },
    );
  }
  const list = items ?? [];
  if (!Array.isArray(list) || !list.every(isJsonObject)) {
    throw new OutriggerError('OUTRIGGER_MANIFEST', 'a list of objects is expected', {
      place: { path: 'items' },
    });
  }
  return { object, items: list };
}

async function injectionFor(
  flags: InjectionFlags,
  items: readonly JsonObject[],
  context: CliContext,
  results: FunctionResult[],
): Promise<Injection> {
  const injection = await loadInjection(flags, context);
  for (const message of injection.notes) results.push({ message, severity: 'info' });
  if (!asAdmission(flags)) return injection;
  const table = namespaceTable(flags.namespaces, injection.clusterNamespaces);
  for (const item of items) addNamespaces(table, item);
  const unknown = new Set<string>();
  const injector = admissionInjector(injection, table, 'default', (name) => {
    if (unknown.has(name)) return;
    unknown.add(name);
    const message = `namespace ${JSON.stringify(name)} is not known, so its labels did not count`;
    results.push({ message, severity: 'info' });
  });
  return { ...injection, injector };
}

function moved(operation: PatchOperation, pointer: string): PatchOperation {
  return { ...operation, path: pointer + operation.path };
}

/** Edits the list as text, so that comments survive in orchestrators that keep them. */
async function write(
  document: SourceDocument,
  object: JsonObject,
  patch: readonly PatchOperation[],
  results: readonly FunctionResult[],
  { stdout }: CliContext,
): Promise<void> {
  const before = object['results'];
  const all: JsonValue[] = [...(Array.isArray(before) ? before : []), ...results];
  const operations = [...patch];
  if (results.length > 0) operations.push({ op: 'add', path: '/results', value: all });
  const text =
    operations.length === 0
      ? document.text
      : (await patchDocument(document, object, operations)).text;
  const target = streamTarget(stdout);
  try {
    target.write(text);
    await target.commit();
  } finally {
    target.discard();
  }
}
