import type { Notice, OwnerMeta, PassedOver } from '../../inject/index.ts';
import { groupOf } from '../../inject/workload/workload-kinds.ts';
import type { DocumentResult } from '../../manifest/inject-document.ts';
import { named } from '../../manifest/workload-errors.ts';
import type { PodSecurityNotes } from './pod-security-notes.ts';

/** Collects what a run has to say besides its result. */
export class Report {
  private readonly podSecurity: PodSecurityNotes | undefined;
  private readonly warnings: string[] = [];
  /** Each note once: a list of fifty pods with the same slip is one note and a number. */
  private readonly notes = new Map<string, number>();
  private found = 0;

  /** @param podSecurity what to say about pods by the Pod Security Standards, if anything */
  constructor(podSecurity?: PodSecurityNotes) {
    this.podSecurity = podSecurity;
  }

  /** How much there is to say about what is in the documents, notes about the configuration left aside. */
  get findings(): number {
    return this.found;
  }

  addNote(text: string): void {
    this.notes.set(text, (this.notes.get(text) ?? 0) + 1);
  }

  /** Takes down what came of a document. `file` is where it stands. */
  addResult(document: DocumentResult, file: string): void {
    const { workloads = [], others = [] } = document.object ?? {};
    for (const { workload, result, warnings } of workloads) {
      this.warnings.push(...warnings);
      this.found += warnings.length;
      if (result.outcome !== 'injected' && result.outcome !== 'skipped') continue;
      this.addNotices(result.notices, workload, file);
    }
    for (const other of others) this.addOther(other, file);
    for (const text of this.podSecurity?.(document) ?? []) this.addFinding(`${file}: ${text}`);
  }

  /** Takes down what was noticed about a pod template. */
  addNotices(notices: readonly Notice[], workload: OwnerMeta, file: string): void {
    const name = named(workload);
    for (const { message } of notices) {
      this.addFinding(`${file}: ${message.startsWith(name) ? message : `${name}: ${message}`}`);
    }
  }

  private addFinding(text: string): void {
    this.found++;
    this.addNote(text);
  }

  private addOther({ kind, apiVersion, hiddenTemplate }: PassedOver, file: string): void {
    if (hiddenTemplate === undefined) return;
    this.addFinding(
      `${file}: ${kind} (${apiVersion}) was left alone, but ${hiddenTemplate} looks like a pod template; ` +
        `--pod-template '${groupOf(apiVersion)}/${kind}=${hiddenTemplate}' injects it`,
    );
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
