/** Exports: {@link OverlayMaker}, {@link MadeOverlay}. */
import type { GoPointer, Template } from '../../gotemplate/index.ts';
import type { SharedOverlay } from '../../merge/index.ts';
import type { TemplateDataParts } from '../data/template-data.ts';
import type { OutputPath, RecordedOutput } from './output-path.ts';
import { buildSkeleton, type SkeletonPiece } from './overlay-skeleton.ts';
import { type Learnt, type TemplateVariant, TemplateVariants } from './template-variants.ts';

/** What a template has made: the overlay, or the text that is yet to be read. */
export type MadeOverlay =
  | {
      readonly overlay: SharedOverlay;
      /** Whatever the pod's text holds, it is nothing but strings in the overlay. */
      readonly inert: boolean;
      readonly rendered: () => string;
    }
  | { readonly overlay: undefined; readonly rendered: () => string };

/** A way is worth learning about when the second run takes it. */
const worthLearning = 2;
/** After so many attempts with odd texts, a way is given up. */
const mostAttempts = 20;
/** What a skeleton takes, in bytes; that of Istio's sidecar was weighed. */
const skeletonSize = 20_000;

/** Makes overlays with one template, and learns from each how to make the next one with less work. */
export class OverlayMaker {
  readonly #template: Template;
  readonly #variants: TemplateVariants;

  constructor(template: Template) {
    this.#template = template;
    this.#variants = new TemplateVariants(template);
  }

  /** Runs the template. Throws a TemplateExecError as the template itself does. */
  make(parts: TemplateDataParts, data: GoPointer): MadeOverlay {
    const variant = this.#variants.variantFor(parts, data);
    const output = variant && this.#record(variant, data);
    if (variant === undefined || output === undefined) {
      const text = this.#template.execute(data);
      return { overlay: undefined, rendered: () => text };
    }
    const rendered = (): string => {
      const text = output.text();
      // Pieces may hold halves of characters; the template itself knows what to make of them.
      return text.isWellFormed() ? text : this.#template.execute(data);
    };
    const { path } = output;
    if (path === undefined) return { overlay: undefined, rendered };
    path.ends++;
    if (path.learnt === undefined && path.ends >= worthLearning) {
      learn(path, output.texts);
      if (path.learnt !== undefined) variant.paths.charge(skeletonSize);
    }
    if (path.learnt === undefined || path.learnt === 'unfit') {
      return { overlay: undefined, rendered };
    }
    const overlay = path.learnt.fill(output.texts);
    return overlay === undefined
      ? { overlay, rendered }
      : { overlay, inert: path.trusted && path.learnt.ownQuotes, rendered };
  }

  /** Undefined when the template itself must tell what went wrong. */
  #record(variant: TemplateVariant, data: GoPointer): RecordedOutput<Learnt> | undefined {
    const output = variant.paths.record();
    try {
      variant.template.record(data, output);
    } catch {
      return undefined;
    }
    return output;
  }
}

function learn(path: OutputPath<Learnt>, texts: readonly string[]): void {
  const steps = path.steps();
  const holes: OutputPath<Learnt>[] = [];
  const pieces = steps.map(({ piece, before }): SkeletonPiece => {
    if (piece.kind === 'literal') return piece;
    const text = texts[holes.length] ?? '';
    if (before !== undefined) holes.push(before);
    return { kind: 'hole', text, quoted: piece.quoted };
  });
  const built = buildSkeleton(pieces);
  if (typeof built === 'string') {
    if (built === 'unfit' || path.ends >= mostAttempts) path.learnt = 'unfit';
  } else if ('skeleton' in built) {
    path.learnt = built.skeleton;
  } else {
    // The next run takes a way of its own for each of these texts.
    for (const at of built.decisive) holes[at]?.takeLiteralsOnly();
  }
}
