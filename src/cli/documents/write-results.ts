import type { CliContext } from '../context.ts';
import { differs } from '../exit-codes.ts';
import { fileTarget } from '../output/file-target.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { stdoutTarget } from '../output/stream-target.ts';
import { throwErrors } from './each-document.ts';
import type { OutputFlags } from './output-flags.ts';
import { noticing, type ResultWriter, resultWriter } from './result-writer.ts';

/** Rewrites the documents of files, and hands what comes of them to a writer. Gives back what went wrong. */
export type FileWork = (
  files: readonly string[],
  writer: ResultWriter,
) => Promise<readonly unknown[]>;

/**
 * Has files rewritten and sends the results where flags say: all of them, or nothing when anything went wrong.
 *
 * @param done what becomes of an object, for people: `injected`
 * @throws OutriggerError or AggregateError of them
 */
export async function writeResults(
  flags: OutputFlags,
  files: readonly string[],
  done: string,
  work: FileWork,
  context: CliContext,
): Promise<void> {
  if (flags.check) await check(files, done, work, context);
  else await write(flags, files, work, context);
}

/** Names what would change, and sets the exit code when there is anything. */
async function check(
  files: readonly string[],
  done: string,
  work: FileWork,
  context: CliContext,
): Promise<void> {
  const { checkWriter } = await import('./check-writer.ts');
  const writer = checkWriter(done, (line) => {
    context.stderr.write(`${line}\n`);
    context.exitCode = differs;
  });
  throwErrors(await work(files, writer));
}

async function write(
  { outputFormat = 'manifest', inPlace, output }: OutputFlags,
  allFiles: readonly string[],
  work: FileWork,
  context: CliContext,
): Promise<void> {
  const outputs = inPlace
    ? allFiles.map((file) => ({ files: [file], open: () => fileTarget(file) }))
    : [{ files: allFiles, open: () => openOutput(output, context) }];
  const targets: OutputTarget[] = [];
  const changed: OutputTarget[] = [];
  try {
    const errors: unknown[] = [];
    for (const { files, open } of outputs) {
      const target = open();
      targets.push(target);
      const writer = await resultWriter(outputFormat, (text) => target.write(text));
      errors.push(
        ...(await work(
          files,
          noticing(writer, () => addLast(changed, target)),
        )),
      );
      target.seal();
    }
    throwErrors(errors);
    // A file that stays as it is keeps its time stamp.
    for (const target of inPlace ? changed : targets) await target.commit();
  } finally {
    for (const target of targets) target.discard();
  }
}

function addLast(targets: OutputTarget[], target: OutputTarget): void {
  if (targets.at(-1) !== target) targets.push(target);
}

function openOutput(path: string | undefined, context: CliContext): OutputTarget {
  return path && path !== '-' ? fileTarget(path) : stdoutTarget(context);
}
