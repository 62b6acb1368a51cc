/** What injection would change in objects of a cluster. Import it only when one is asked. Exports: {@link diffTargets}. */
import { isInjected } from '../../diagnose/injected-pod.ts';
import { OutriggerError } from '../../errors.ts';
import { stringifyGoYaml } from '../../goyaml/index.ts';
import { builtInKinds, extendKinds } from '../../inject/index.ts';
import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { type DocumentResult, injectDocument } from '../../manifest/inject-document.ts';
import type { RewrittenDocument } from '../../manifest/rewritten-document.ts';
import { chosenCluster, timeoutMs } from '../cluster/chosen-cluster.ts';
import { LiveObjects } from '../cluster/live-objects.ts';
import { parseTargets, type Target } from '../cluster/targets.ts';
import { withCluster } from '../diagnose/cluster-flags.ts';
import { type PreparedInjection, prepareInjection } from '../documents/prepare-injection.ts';
import { errorsIn, inFile } from '../several-errors.ts';
import type { DiffJob } from './diff-job.ts';
import { injectedAnew } from './injected-anew.ts';
import { printDifference } from './live-difference.ts';
import { objectTitle, sameObject, withoutBookkeeping } from './object-text.ts';

/**
 * Injects objects as they are in the cluster, by the configuration that is there unless files are named for it.
 *
 * @param words as kubectl takes them
 * @returns what was refused
 * @throws OutriggerError when an object or the configuration cannot be read
 */
export async function diffTargets(words: readonly string[], job: DiffJob): Promise<unknown[]> {
  const { options, context, report } = job;
  const targets = parseTargets(words, extendKinds(builtInKinds, options.podTemplate ?? []));
  for (const { kind, name } of targets) if (kind === 'Namespace') throw namespaceNamed(name);
  return withCluster(
    chosenCluster(options),
    context,
    async (cluster) => {
      const objects = new LiveObjects(cluster);
      const namespace = options.namespace || cluster.namespace || 'default';
      const flags = { ...options, namespace, fromCluster: true };
      const injection = await prepareInjection(flags, context, report);
      try {
        const errors: unknown[] = [];
        for (const target of targets) {
          errors.push(...(await diffTarget(target, namespace, objects, injection, job)));
        }
        job.writer.end();
        return errors;
      } finally {
        injection.close();
      }
    },
    { timeoutMs },
  );
}

async function diffTarget(
  target: Target,
  namespace: string,
  objects: LiveObjects,
  { injector, kinds }: PreparedInjection,
  { options: { output = 'diff' }, report, writer, print, noteChange }: DiffJob,
): Promise<readonly unknown[]> {
  const object = await objects.object(target, target.name, namespace);
  const title = objectTitle(object);
  // A patch has to fit the object as it is, down to the annotations that are not shown.
  const compared = output === 'diff' ? withoutBookkeeping(object) : object;
  const document = { text: stringifyGoYaml(compared), separator: '', number: 1, line: 1 };
  writer.startFile(title);
  if (target.kind === 'Pod' && target.group === '') {
    if (isInjected(object)) {
      writer.document(document, unchanged(document));
      return [];
    }
    report.addNote(
      `${title}: nothing can be added to a pod that is there; this is what one made now would get`,
    );
  }
  let result: DocumentResult;
  try {
    result = await injectDocument(document, injector, kinds);
  } catch (error) {
    return errorsIn(inFile(error, title));
  }
  if (result.object) report.addResult(result, title);
  const after = await injectedAnew(object, result, objects, (text) => report.addNote(text));
  if (after === undefined) writer.document(document, result);
  else if (output !== 'diff') {
    writer.document(document, sameObject(object, after) ? unchanged(document) : result);
  } else if (printDifference(object, after, print)) noteChange();
  return [];
}

/** What writers are told about an object that stays as it is. */
function unchanged({ text }: SourceDocument): RewrittenDocument {
  return { text, object: { workloads: [], others: [{ pointer: '' }] } };
}

function namespaceNamed(name: string): OutriggerError {
  return new OutriggerError(
    'OUTRIGGER_USAGE',
    `nothing is injected into namespace ${name} itself`,
    {
      hint: `Name a workload or a pod, such as deploy/web -n ${name}.`,
    },
  );
}
