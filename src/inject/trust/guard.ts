/**
 * Keeps text of a pod from becoming structure of the overlay that a template makes of it. Templates paste
 * annotations into YAML; a quote or line break in one can add fields to the proxy container (upstream has mended
 * its templates for single annotations).
 *
 * A pod with plain text only costs one look at each string. Otherwise the template runs a second time on text
 * whose special characters are exchanged for letters ({@link Marks}): both overlays must have the same
 * structure. What a function parses (`fromJSON`) is structure by intent, and its strings are marked again.
 *
 * Not looked at: strings of the spec that a template prints as part of a whole container or spec, and what
 * becomes of plain text that a template cuts in two.
 *
 * Exports: {@link guardText}, {@link TextGuard}.
 */
import type { JsonValue } from '../../json.ts';
import type { ProxyConfig } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import { type TemplateDataParts, templateData } from '../data/template-data.ts';
import { annotationsOf } from '../pod.ts';
import { Refusal } from '../refusal.ts';
import type { ReadOverlay } from '../render/overlay-reader.ts';
import type { GuardedTemplate } from './guarded-template.ts';
import { freeMarks, type Marks } from './marks.ts';
import { structuralDifference } from './same-structure.ts';
import { subjectOf } from './subject.ts';
import { untrustedText } from './untrusted-text.ts';

/** Watches over the templates of one pod. */
export interface TextGuard {
  /** What to run the templates on: the same data, but reading from it is noticed. */
  readonly parts: TemplateDataParts;
  /**
   * Checks what a template has made of the data. Throws a {@link Refusal} that names the annotation when text
   * of the pod has changed more than a string.
   *
   * @param rendered what the template rendered to, and the overlay that this is
   */
  check(name: string, template: GuardedTemplate, rendered: string, overlay: JsonValue): void;
  /**
   * Why a template rendered to something that is not YAML: the text that is to blame, such as
   * `annotation example.com/x`; undefined when it is the template itself.
   */
  culprit(template: GuardedTemplate, rendered: string): string | undefined;
}

/** So many pieces of text are tried one by one to find the one to blame. */
const mostSuspects = 32;

/**
 * @param parts what the templates are told
 * @param trusted the proxy config without the pod's annotation
 * @param read reads a rendered template
 */
export function guardText(
  parts: TemplateDataParts,
  trusted: () => ProxyConfig,
  read: ReadOverlay,
): TextGuard {
  const hasConfig = Object.hasOwn(annotationsOf(parts.view), names.proxyConfig);
  const text = untrustedText(parts, hasConfig ? trusted() : parts.proxyConfig);

  /** The overlay that the template makes when the special characters of these subjects are marked. */
  const overlayOf = (
    template: GuardedTemplate,
    subjects: readonly string[],
    marks: Marks,
  ): JsonValue | undefined => {
    try {
      const data = templateData(text.marked(new Set(subjects), marks));
      return read(template.marked().execute(data, marks)).value;
    } catch {
      return undefined;
    }
  };
  return {
    parts: text.watched,
    check(name, template, rendered, overlay) {
      if (!text.mayHarm(template)) return;
      const suspects = text.suspects(template);
      const marks = freeMarks([rendered, template.text, ...text.textOf(suspects)]);
      const changes = (subjects: readonly string[]): boolean => {
        if (marks === undefined) return true;
        const marked = overlayOf(template, subjects, marks);
        return marked === undefined || structuralDifference(overlay, marked, marks) !== undefined;
      };
      if (changes(suspects)) throw refusal(name, blamed(suspects, changes));
    },
    culprit(template, rendered) {
      if (!text.mayHarm(template)) return undefined;
      const suspects = text.suspects(template);
      const marks = freeMarks([rendered, template.text, ...text.textOf(suspects)]);
      const mends = (subjects: readonly string[]): boolean =>
        marks !== undefined && overlayOf(template, subjects, marks) !== undefined;
      return mends(suspects) ? blamed(suspects, mends).join(', ') : undefined;
    },
  };
}

/** Those that make the difference by themselves, three at most; any, when it takes several of them. */
function blamed(
  suspects: readonly string[],
  test: (subjects: readonly string[]) => boolean,
): readonly string[] {
  const guilty = suspects.slice(0, mostSuspects).filter((suspect) => test([suspect]));
  return (guilty.length > 0 ? guilty : suspects).slice(0, 3);
}

function refusal(template: string, culprits: readonly string[]): Refusal {
  return new Refusal(
    `the text of ${culprits.join(', ')} would become structure of the injected YAML, not just a string in it (template ${template}); ` +
      'change the text, let the template quote it, or trust annotations (--trust-annotations)',
    subjectOf(culprits[0] ?? template),
  );
}
