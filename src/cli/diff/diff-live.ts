/** What applying injected manifests would change. Import it only when a cluster is asked. Exports: {@link diffLive}. */
import { objectsIn } from '../../inject/workload/objects-in.ts';
import { linesBeforeContent } from '../../manifest/documents/lines-before-content.ts';
import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { injectDocument } from '../../manifest/inject-document.ts';
import { chosenCluster, timeoutMs } from '../cluster/chosen-cluster.ts';
import { LiveObjects } from '../cluster/live-objects.ts';
import { withCluster } from '../diagnose/cluster-flags.ts';
import { eachDocument } from '../documents/each-document.ts';
import { prepareInjection } from '../documents/prepare-injection.ts';
import { atLine, errorsIn } from '../several-errors.ts';
import type { DiffJob } from './diff-job.ts';
import { LiveDifference } from './live-difference.ts';

/**
 * Compares each object of the input, injected, with what is in the cluster. The API server says what would become of
 * it; nothing changes there.
 *
 * @returns what went wrong
 * @throws OutriggerError when the input or the configuration cannot be read
 */
export function diffLive(job: DiffJob): Promise<unknown[]> {
  const { options, context, report } = job;
  return withCluster(
    chosenCluster(options),
    context,
    async (cluster) => {
      const namespace = options.namespace || cluster.namespace || 'default';
      const flags = { ...options, namespace, fromCluster: true };
      const injection = await prepareInjection(flags, context, report);
      const difference = new LiveDifference(new LiveObjects(cluster), {
        namespace,
        fieldManager: options.fieldManager || 'outrigger',
      });
      const visitor = {
        async document(document: SourceDocument, name: string) {
          const result = await injectDocument(document, injection.injector, injection.kinds);
          if (result.object) report.addResult(result, name);
          if (result.value === undefined) return;
          const errors: unknown[] = [];
          for (const { object } of objectsIn(result.value)) {
            try {
              if (await difference.print(object, job.print)) job.noteChange();
            } catch (error) {
              errors.push(...errorsIn(error));
            }
          }
          const line = document.line + linesBeforeContent(document.text);
          if (errors.length > 0) throw new AggregateError(errors.map((one) => atLine(one, line)));
        },
      };
      try {
        return await eachDocument(injection.files, context, visitor, injection.read);
      } finally {
        injection.close();
      }
    },
    { timeoutMs },
  );
}
