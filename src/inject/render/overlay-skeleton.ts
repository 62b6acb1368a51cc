/**
 * What all overlays have in common that a template renders by one way: their structure, and strings that
 * differ. Reading YAML and merging into an empty pod is done once, on a sample.
 *
 * A text may be filled in where nothing it holds can change more than the string it stands in:
 *
 * - `"` text `"` as a whole, when it is one quoted scalar;
 * - inside double quotes, when it holds neither quotes nor backslashes nor anything that breaks a line;
 * - in a plain scalar, when it is plain by the strictest measure and the whole does not read as a number;
 * - in a literal block, when it breaks no line and does not begin one with a blank.
 *
 * Texts in any other place, and those that name something or are no string to Kubernetes, decide about the
 * structure.
 *
 * Exports: {@link buildSkeleton}, {@link OverlaySkeleton}.
 */
import { isDeepStrictEqual } from 'node:util';
import { parseGoYaml, readDoubleQuoted, resolvePlain, scalarPlaces } from '../../goyaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import {
  FilledOverlay,
  freezeObjects,
  type OverlayEffect,
  overlayEffect,
  type SharedOverlay,
  strategicMerge,
} from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import { isPlain } from '../trust/plain-text.ts';
import { type FillPlan, fill, join, planFilling, type TextParts, unchanged } from './fill-plan.ts';
import { isDirect, type StringPlaces, stringPlaces } from './string-places.ts';

/** What may be filled in at a place. */
type HoleKind = 'quoted whole' | 'in quotes' | 'in plain' | 'in block' | 'at line start in block';

/** A piece of the output, as {@link buildSkeleton} is given it. */
export type SkeletonPiece =
  | { readonly kind: 'literal'; readonly text: string }
  /** `quoted`: the template has put the text in quotes. */
  | { readonly kind: 'hole'; readonly text: string; readonly quoted: boolean };

const podSchema = structSchema('Pod');
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what quotes cannot simply hold.
const inQuotes = /^[^\0-\x1f"\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a line cannot simply hold.
const inLine = /^[^\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+$/;

/** What a hole comes to in the string it stands in; undefined for a text that does not fit. */
function content(kind: HoleKind, text: string): string | undefined {
  switch (kind) {
    case 'quoted whole': {
      const value = readDoubleQuoted(text);
      return value === '' ? undefined : value;
    }
    case 'in quotes':
      return inQuotes.test(text) ? text : undefined;
    case 'in plain':
      return text !== '' && isPlain(text) ? text : undefined;
    case 'in block':
      return inLine.test(text) ? text : undefined;
    case 'at line start in block':
      return inLine.test(text) && !text.startsWith(' ') ? text : undefined;
  }
}

/** Overlays of one structure. */
export class OverlaySkeleton {
  /** The quotes around texts are all the template's own. */
  readonly ownQuotes: boolean;
  readonly #kinds: readonly HoleKind[];
  readonly #plan: FillPlan;
  readonly #formPlan: FillPlan;
  readonly #erasure: OverlayEffect['erasure'];
  /** Strings of plain scalars, which must not read as anything else. */
  readonly #plainStrings: readonly TextParts[];

  constructor(
    kinds: readonly HoleKind[],
    ownQuotes: boolean,
    sample: JsonObject,
    { form, erasure }: OverlayEffect,
    takeApart: (text: string) => TextParts | undefined,
    plainStrings: readonly TextParts[],
  ) {
    this.#kinds = kinds;
    this.ownQuotes = ownQuotes;
    this.#plainStrings = plainStrings;
    freezeObjects(sample);
    freezeObjects(form);
    this.#plan = planFilling(sample, takeApart) ?? unchanged(sample);
    this.#formPlan = planFilling(form, takeApart) ?? unchanged(form);
    this.#erasure = erasure;
  }

  /** The overlay with these texts in the holes; undefined when one of them does not fit its place. */
  fill(texts: readonly string[]): SharedOverlay | undefined {
    const contents: string[] = [];
    for (const [at, kind] of this.#kinds.entries()) {
      const text = content(kind, texts[at] ?? '');
      if (text === undefined) return undefined;
      contents.push(text);
    }
    for (const parts of this.#plainStrings) {
      const text = join(parts, contents);
      if (typeof resolvePlain(text) !== 'string' || text === '<<') return undefined;
    }
    const form = fill(this.#formPlan, contents) as JsonObject;
    return new FilledOverlay(podSchema, { form, erasure: this.#erasure }, () =>
      fill(this.#plan, contents),
    );
  }
}

/** What came of an attempt to build a skeleton. */
export type Built =
  | { readonly skeleton: OverlaySkeleton }
  /** These holes decide about the structure. */
  | { readonly decisive: readonly number[] }
  /** The texts are too odd to tell, or the overlay is of a kind that cannot be filled. */
  | 'unfit'
  | 'odd texts';

/** Builds the skeleton of a rendered overlay. Never throws. */
export function buildSkeleton(pieces: readonly SkeletonPiece[]): Built {
  const holes = placeHoles(pieces);
  const decisive = holes.flatMap(({ kind }, at) => (kind === undefined ? [at] : []));
  if (decisive.length > 0) return { decisive };
  const kinds = holes.map(({ kind }) => kind as HoleKind);
  const texts = pieces.flatMap(({ kind, text }) => (kind === 'hole' ? [text] : []));
  if (kinds.some((kind, at) => content(kind, texts[at] ?? '') === undefined)) return 'odd texts';
  return assemble(pieces, kinds, texts);
}

function assemble(
  pieces: readonly SkeletonPiece[],
  kinds: readonly HoleKind[],
  texts: readonly string[],
): Built {
  const text = pieces.map((piece) => piece.text).join('');
  const stamp = freeStamp(text);
  const sampleText = withStamps(pieces, kinds, stamp);
  let sample: JsonValue;
  let actual: JsonValue;
  try {
    sample = parseGoYaml(sampleText);
    actual = parseGoYaml(text);
  } catch {
    return 'odd texts';
  }
  if (!isJsonObject(sample) || !isDirect(sample)) return 'unfit';
  const takeApart = (string: string): TextParts | undefined => parted(string, stamp);
  const places = stringPlaces(sample, podSchema, takeApart);
  const decisive = kinds.flatMap((_, at) => (places.holes.get(at) === 'string' ? [] : [at]));
  if (decisive.length > 0) return { decisive };
  try {
    const effect = overlayEffect(podSchema, sample);
    if (effect === undefined) return 'unfit';
    const plain = plainStrings(places, kinds);
    const ownQuotes = hasOwnQuotes(pieces, kinds);
    const skeleton = new OverlaySkeleton(kinds, ownQuotes, sample, effect, takeApart, plain);
    // The proof of the pudding: what was taken apart must give what it was when put together.
    const filled = skeleton.fill(texts);
    const form = strategicMerge(podSchema, {}, actual);
    return isDeepStrictEqual(filled?.value, actual) &&
      isDeepStrictEqual(filled?.effectOn(podSchema)?.form, form)
      ? { skeleton }
      : 'unfit';
  } catch {
    return 'unfit';
  }
}

function hasOwnQuotes(pieces: readonly SkeletonPiece[], kinds: readonly HoleKind[]): boolean {
  const holes = pieces.filter((piece) => piece.kind === 'hole');
  return kinds.every((kind, at) => kind !== 'quoted whole' || holes[at]?.quoted === true);
}

function plainStrings(places: StringPlaces, kinds: readonly HoleKind[]): TextParts[] {
  return places.strings.filter((parts) =>
    parts.some((part) => typeof part === 'number' && kinds[part] === 'in plain'),
  );
}

/** Where the holes are, in terms of what YAML makes of them. */
function placeHoles(pieces: readonly SkeletonPiece[]): { readonly kind: HoleKind | undefined }[] {
  const text = pieces.map((piece) => piece.text).join('');
  const scalars = scalarPlaces(text);
  const holes: { kind: HoleKind | undefined }[] = [];
  let start = 0;
  let next = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    if (piece.kind === 'hole') {
      while ((scalars[next]?.start ?? Number.POSITIVE_INFINITY) <= start) next++;
      const scalar = scalars[next - 1];
      holes.push({
        kind: scalar === undefined || end > scalar.end ? undefined : kindOf(text, scalar, start),
      });
    }
    start = end;
  }
  return holes;
}

function kindOf(
  text: string,
  scalar: ReturnType<typeof scalarPlaces>[number],
  start: number,
): HoleKind | undefined {
  if (scalar.writing === 'literal') {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    return text.slice(lineStart, start).trim() === '' ? 'at line start in block' : 'in block';
  }
  // Across lines, blanks are dropped and lines are joined.
  if (text.slice(scalar.start, scalar.end).trimEnd().includes('\n')) return undefined;
  if (scalar.writing === 'plain') return 'in plain';
  if (scalar.writing !== 'double') return undefined;
  return scalar.start < start ? 'in quotes' : 'quoted whole';
}

/** Letters that do not occur in the text. */
function freeStamp(text: string): string {
  let stamp = 'hole';
  while (text.includes(stamp)) stamp += 'x';
  return stamp;
}

function withStamps(
  pieces: readonly SkeletonPiece[],
  kinds: readonly HoleKind[],
  stamp: string,
): string {
  let hole = 0;
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'literal') {
      text += piece.text;
      continue;
    }
    const mark = `${stamp}${hole}z`;
    text += kinds[hole++] === 'quoted whole' ? `"${mark}"` : mark;
  }
  return text;
}

/** Takes a string of the sample apart at the stamps; undefined when it holds none. */
function parted(text: string, stamp: string): TextParts | undefined {
  if (!text.includes(stamp)) return undefined;
  const [first = '', ...rest] = text.split(stamp);
  const parts: (string | number)[] = first === '' ? [] : [first];
  for (const piece of rest) {
    const end = piece.indexOf('z');
    parts.push(Number(piece.slice(0, end)));
    if (end + 1 < piece.length) parts.push(piece.slice(end + 1));
  }
  return parts;
}
