import { type ErrorCode, type ErrorPlace, OutriggerError } from '../errors.ts';
import type { InjectFailure, OwnerMeta, WorkloadOutcome } from '../inject/index.ts';
import type { UninjectResult } from '../uninject/uninject-pod.ts';
import { linesBeforeContent } from './documents/lines-before-content.ts';
import type { SourceDocument } from './documents/source-document.ts';

/** One pod template, and whether anything about it was refused. */
interface RefusableTemplate {
  readonly workload: OwnerMeta;
  readonly result: WorkloadOutcome | UninjectResult;
}

/** What was refused in a document, each with the line it is about as far as that can be told. */
export function workloadErrors(
  document: SourceDocument,
  { workloads }: { readonly workloads: readonly RefusableTemplate[] },
): OutriggerError[] {
  return workloads.flatMap(({ workload, result }) => {
    if (result.outcome === 'malformed') {
      const place = {
        document: document.number,
        line: document.line + linesBeforeContent(document.text),
      };
      return [
        new OutriggerError('OUTRIGGER_MANIFEST', `${named(workload)}: ${result.message}`, {
          place,
        }),
      ];
    }
    if (result.outcome !== 'failed') return [];
    const { error } = result;
    const message = `${named(workload)}: ${error.message}`;
    return [
      new OutriggerError(codeOf(error), message, { place: placeOf(document, error.subject) }),
    ];
  });
}

/** `Deployment "shop/web"`, as the warnings call it. */
export function named({ kind, name, namespace }: OwnerMeta): string {
  return `${kind === '' ? 'object' : kind} "${namespace === '' ? name : `${namespace}/${name}`}"`;
}

function codeOf({ stage, subject }: InjectFailure): ErrorCode {
  if (subject?.includes('/')) return 'OUTRIGGER_ANNOTATION';
  switch (stage) {
    case 'decode':
      return 'OUTRIGGER_MANIFEST';
    case 'template':
      return 'OUTRIGGER_TEMPLATE';
    case 'reapply':
      return 'OUTRIGGER_OVERLAY';
    default:
      return 'OUTRIGGER_POSTPROCESS';
  }
}

/** The line with the annotation or field that is to blame, if only one can be meant; else the document. */
function placeOf({ text, number, line }: SourceDocument, subject: string | undefined): ErrorPlace {
  const lines = text.split('\n');
  const key = subject
    ?.split('.')
    .at(-1)
    ?.replace(/\[\d+\]$/, '');
  const wanted = subject?.includes('/') ? subject : key;
  const matches =
    wanted === undefined || wanted === ''
      ? []
      : lines.flatMap((candidate, index) => (hasKey(candidate, wanted) ? [index] : []));
  const [found] = matches;
  if (found === undefined || matches.length > 1) {
    return { document: number, line: line + linesBeforeContent(text) };
  }
  const lineText = (lines[found] ?? '').trimEnd();
  return {
    document: number,
    line: line + found,
    column: lineText.indexOf(wanted ?? '') + 1,
    lineText,
  };
}

/** Whether a line has a key in it; keys of manifests never need escapes. */
function hasKey(line: string, key: string): boolean {
  const at = line.indexOf(key);
  return (
    at >= 0 &&
    /^["']?\s*:/.test(line.slice(at + key.length)) &&
    /^[\s"'{,-]*$/.test(line.slice(0, at))
  );
}
