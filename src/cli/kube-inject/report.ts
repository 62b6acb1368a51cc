import type { ObjectResult } from '../../inject/index.ts';
import { groupOf } from '../../inject/workload/workload-kinds.ts';
import { named } from '../../manifest/workload-errors.ts';

/** Collects what a run has to say besides its result. */
export class Report {
  private readonly warnings: string[] = [];
  /** Each note once: a list of fifty pods with the same slip is one note and a number. */
  private readonly notes = new Map<string, number>();

  addNote(text: string): void {
    this.notes.set(text, (this.notes.get(text) ?? 0) + 1);
  }

  /** Takes down what came of an object. `file` is where it stands. */
  addObject({ workloads, others }: ObjectResult, file: string): void {
    for (const { workload, result, warnings } of workloads) {
      this.warnings.push(...warnings);
      if (result.outcome !== 'injected' && result.outcome !== 'skipped') continue;
      for (const { message } of result.notices) {
        const name = named(workload);
        this.addNote(`${file}: ${message.startsWith(name) ? message : `${name}: ${message}`}`);
      }
    }
    for (const { kind, apiVersion, hiddenTemplate } of others) {
      if (hiddenTemplate === undefined) continue;
      this.addNote(
        `${file}: ${kind} (${apiVersion}) was left alone, but ${hiddenTemplate} looks like a pod template; ` +
          `--pod-template '${groupOf(apiVersion)}/${kind}=${hiddenTemplate}' injects it`,
      );
    }
  }

  /**
   * The text for stderr. Warnings come in the form that `istioctl` prints them in, which scripts look for:
   * an empty line, then each warning with an empty line after it.
   */
  text(): string {
    const warnings =
      this.warnings.length === 0 ? '' : `\n${this.warnings.map((line) => `${line}\n\n`).join('')}`;
    const notes = [...this.notes].map(
      ([note, times]) => `Note: ${note}${times > 1 ? ` (${times} times)` : ''}\n`,
    );
    return warnings + notes.join('');
  }
}
