import type { CliContext } from '../context.ts';
import { admissionInjector, asAdmission } from './admission-injector.ts';
import type { InputReader } from './each-document.ts';
import { findInputs } from './find-inputs.ts';
import type { InjectionFlags } from './injection-flags.ts';
import { type Injection, loadInjection } from './load-injection.ts';
import { addNamespacesOfFiles, namespaceTable } from './namespace-table.ts';
import type { OutputFlags } from './output-flags.ts';
import { readInput } from './read-input.ts';
import { withProgress } from './reading-progress.ts';
import { RepeatableInputs } from './repeatable-inputs.ts';
import type { Report } from './report.ts';

/** The flags of commands that inject what is in files. */
export interface FileInjectionFlags extends InjectionFlags {
  readonly filename?: readonly string[];
  /** Directories with everything below them. */
  readonly recursive?: boolean;
}

/** Everything that it takes to inject what flags name. */
export interface PreparedInjection extends Injection {
  /** What the values of `-f` stand for. */
  readonly files: readonly string[];
  readonly read: InputReader;
  close(): void;
}

/**
 * Finds the inputs and makes an injector for them. Where namespaces count, the inputs are read once for the
 * Namespace objects in them, which may well come after the workloads.
 *
 * @throws OutriggerError or AggregateError of them
 */
export async function prepareInjection(
  flags: FileInjectionFlags & Pick<OutputFlags, 'check'>,
  context: CliContext,
  report: Report,
): Promise<PreparedInjection> {
  const files = findInputs(flags.filename ?? [], flags);
  const injection = await loadInjection(flags, context);
  for (const note of injection.notes) report.addNote(note);
  // What --check finds is told at once, and would stand in the way of a line that is drawn over.
  const terminal = !flags.check && context.terminal ? context : undefined;
  if (!asAdmission(flags)) {
    const { read, end } = withProgress((file) => readInput(file, context), files, terminal);
    return { ...injection, files, read, close: end };
  }
  const inputs = new RepeatableInputs(context);
  const { read, end } = withProgress((file) => inputs.read(file), files, terminal, 2);
  const table = namespaceTable(flags.namespaces, injection.clusterNamespaces);
  await addNamespacesOfFiles(table, files, context, read);
  const injector = admissionInjector(injection, table, flags.namespace || 'default', (name) =>
    report.addNote(unknownNamespace(name)),
  );
  const close = (): void => {
    end();
    inputs.close();
  };
  return { ...injection, injector, files, read, close };
}

function unknownNamespace(name: string): string {
  return (
    `namespace ${JSON.stringify(name)} is not known, so its labels did not count; ` +
    'add its Namespace object to the input, or name a file with --namespaces'
  );
}
