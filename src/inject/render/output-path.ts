/**
 * The ways that runs of a template have taken, told apart by what the template itself has written.
 *
 * Exports: {@link OutputPaths}, {@link OutputPath}, {@link RecordedOutput}.
 */
import type { FixedText, TemplateOutput } from '../../gotemplate/index.ts';
import { isPlain } from '../trust/plain-text.ts';

/** What one step of a path adds to the output. */
export type OutputPiece =
  /** Text of the template, or text from the data that counts as such. */
  | { readonly kind: 'literal'; readonly text: string }
  /** Any text from the data; `quoted`: the template has put it in double quotes. */
  | { readonly kind: 'hole'; readonly quoted: boolean };

/** Is told of a new step, and how much text of the data it keeps. */
type Grown = (length: number) => void;

/** The start of the tree when it is empty or was cleared. */
const start: OutputPiece = { kind: 'literal', text: '' };

/** A point that runs of a template have reached, and what was learnt of runs that end here. */
export class OutputPath<Learnt> {
  readonly before: OutputPath<Learnt> | undefined;
  readonly piece: OutputPiece;
  /** Everything but the holes is the template's own text, or plain. */
  readonly trusted: boolean;
  /** How many runs ended here. */
  ends = 0;
  learnt: Learnt | undefined;
  /** Text from the data counts as the template's own from here on: it decides about the structure. */
  #literalsOnly = false;
  #text: FixedText | undefined;
  #afterText: OutputPath<Learnt> | undefined;
  #afterOtherTexts: Map<FixedText, OutputPath<Learnt>> | undefined;
  #afterHole: OutputPath<Learnt> | undefined;
  #afterQuotedHole: OutputPath<Learnt> | undefined;
  #afterLiterals: Map<string, OutputPath<Learnt>> | undefined;

  constructor(before: OutputPath<Learnt> | undefined, piece: OutputPiece, trusted: boolean) {
    this.before = before;
    this.piece = piece;
    this.trusted = trusted;
  }

  /** True when what an action writes here may be anything. */
  takesHole(text: string): boolean {
    return !this.#literalsOnly && text !== '' && text !== '""';
  }

  afterText(text: FixedText, grown: Grown): OutputPath<Learnt> {
    if (text === this.#text && this.#afterText !== undefined) return this.#afterText;
    const known = this.#afterOtherTexts?.get(text);
    if (known !== undefined) return known;
    grown(0);
    const next = new OutputPath(this, { kind: 'literal', text: text.text }, this.trusted);
    if (this.#text === undefined) {
      this.#text = text;
      this.#afterText = next;
    } else {
      this.#afterOtherTexts ??= new Map();
      this.#afterOtherTexts.set(text, next);
    }
    return next;
  }

  afterHole(quoted: boolean, grown: Grown): OutputPath<Learnt> {
    const known = quoted ? this.#afterQuotedHole : this.#afterHole;
    if (known !== undefined) return known;
    grown(0);
    const next = new OutputPath(this, { kind: 'hole', quoted }, this.trusted);
    if (quoted) this.#afterQuotedHole = next;
    else this.#afterHole = next;
    return next;
  }

  afterLiteral(text: string, quoted: boolean, grown: Grown): OutputPath<Learnt> {
    const key = quoted ? `quoted ${text}` : `plain ${text}`;
    const known = this.#afterLiterals?.get(key);
    if (known !== undefined) return known;
    grown(text.length);
    const trusted = this.trusted && isPlain(quoted ? text.slice(1, -1) : text);
    const next = new OutputPath(this, { kind: 'literal', text }, trusted);
    this.#afterLiterals ??= new Map();
    this.#afterLiterals.set(key, next);
    return next;
  }

  /** From now on, what an action writes here counts as the template's own. */
  takeLiteralsOnly(): void {
    this.#literalsOnly = true;
    this.#afterHole = undefined;
    this.#afterQuotedHole = undefined;
  }

  /** All steps that lead here. */
  steps(): OutputPath<Learnt>[] {
    const steps: OutputPath<Learnt>[] = [];
    for (let at: OutputPath<Learnt> | undefined = this; at !== undefined; at = at.before) {
      steps.push(at);
    }
    return steps.reverse();
  }
}

/** A longer text is not worth its room. */
const longestLiteral = 2048;

/** What a run has written: the path that it took, and the texts that fill the holes. */
export class RecordedOutput<Learnt> implements TemplateOutput {
  readonly texts: string[] = [];
  #path: OutputPath<Learnt>;
  /** The whole output so far, of a run that has left the paths. */
  #stray: string | undefined;
  readonly #grown: Grown;

  constructor(path: OutputPath<Learnt>, grown: Grown) {
    this.#path = path;
    this.#grown = grown;
  }

  /** The path, unless the run has left it. */
  get path(): OutputPath<Learnt> | undefined {
    return this.#stray === undefined ? this.#path : undefined;
  }

  fixed(piece: FixedText): void {
    if (this.#stray === undefined) this.#path = this.#path.afterText(piece, this.#grown);
    else this.#stray += piece.text;
  }

  written(text: string, quoted: boolean): void {
    const path = this.#path;
    if (this.#stray !== undefined) {
      this.#stray += text;
    } else if (path.takesHole(text)) {
      this.texts.push(text);
      this.#path = path.afterHole(quoted, this.#grown);
    } else if (text.length > longestLiteral) {
      this.#stray = this.text() + text;
    } else {
      this.#path = path.afterLiteral(text, quoted, this.#grown);
    }
  }

  /** The whole output. */
  text(): string {
    if (this.#stray !== undefined) return this.#stray;
    let text = '';
    let at = 0;
    for (const { piece } of this.#path.steps()) {
      text += piece.kind === 'hole' ? (this.texts[at++] ?? '') : piece.text;
    }
    return text;
  }
}

/** What a step takes at least, in characters. */
const stepSize = 50;

/** A tree of paths, which is cleared when it has grown too large. */
export class OutputPaths<Learnt> {
  readonly #most: number;
  #root: OutputPath<Learnt>;
  #size = 0;
  readonly #grown = (length: number): void => {
    this.#size += stepSize + length;
  };

  /** @param most characters that are kept, or as much memory as they would take */
  constructor(most: number) {
    this.#most = most;
    this.#root = new OutputPath<Learnt>(undefined, start, true);
  }

  /** Counts what is learnt of a path. @param length characters, or as much memory as they would take */
  charge(length: number): void {
    this.#grown(length);
  }

  /** Makes something that a run can write to. */
  record(): RecordedOutput<Learnt> {
    if (this.#size > this.#most) {
      this.#root = new OutputPath<Learnt>(undefined, start, true);
      this.#size = 0;
    }
    return new RecordedOutput(this.#root, this.#grown);
  }
}
