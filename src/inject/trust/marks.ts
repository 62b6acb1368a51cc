/**
 * Text in disguise. Every character of untrusted text that means something to YAML is exchanged for a letter
 * that means nothing, so that a template can be run on the text as if it were harmless, and the text be put
 * back afterwards. Exports: {@link Marks}, {@link freeMarks}.
 */
import { isPlain } from './plain-text.ts';

/** Letters for the 161 characters up to the no-break space, and for three that break lines or are dropped. */
const blockSize = 164;
/** CJK extension A: letters to Go, to YAML and to JSON, and rare in the data of pods. */
const firstLetter = 0x3400;
const lastLetter = 0x4db5;
const blocks = Math.floor((lastLetter - firstLetter + 1) / blockSize);

const special = /[^A-Za-z0-9_./]/;
const beyondLatin: readonly string[] = ['\u2028', '\u2029', '\ufeff'];

/** Exchanges characters for marks and back. */
export class Marks {
  readonly #base: number;

  /** @param block which letters to use, of those that {@link freeMarks} chooses from */
  constructor(block: number) {
    this.#base = firstLetter + block * blockSize;
  }

  /** The text with its special characters marked; plain text is the same text. */
  mark(text: string): string {
    return isPlain(text) ? text : this.markAll(text);
  }

  /** The same for text that need not be whole: a colon inside a word is marked, too. */
  markAll(text: string): string {
    let marked = '';
    for (let at = 0; at < text.length; at++) marked += this.#markCharacter(text.charAt(at));
    return marked;
  }

  #markCharacter(character: string): string {
    const code = character.charCodeAt(0);
    const at = code <= 0xa0 ? code : 161 + beyondLatin.indexOf(character);
    return (code > 0xa0 && at === 160) || !special.test(character)
      ? character
      : String.fromCharCode(this.#base + at);
  }

  /** The character that a mark stands for; undefined for a character that is no mark. */
  meaning(character: string): string | undefined {
    const at = character.charCodeAt(0) - this.#base;
    if (!(at >= 0 && at < blockSize)) return undefined;
    return at <= 160 ? String.fromCharCode(at) : beyondLatin[at - 161];
  }

  /** True when there is a mark in the text. */
  in(text: string): boolean {
    for (let at = 0; at < text.length; at++) {
      const offset = text.charCodeAt(at) - this.#base;
      if (offset >= 0 && offset < blockSize) return true;
    }
    return false;
  }

  /** The text with its marks turned back into the characters. */
  unmark(text: string): string {
    if (!this.in(text)) return text;
    let original = '';
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      original += this.meaning(character) ?? character;
    }
    return original;
  }
}

/** Marks that occur in none of the texts; undefined when the texts hold letters of every block. */
export function freeMarks(texts: readonly string[]): Marks | undefined {
  if (!texts.some((text) => markLetter.test(text))) return firstMarks;
  const taken = new Set<number>();
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      taken.add(Math.floor((text.charCodeAt(at) - firstLetter) / blockSize));
    }
  }
  for (let block = 0; block < blocks; block++) if (!taken.has(block)) return new Marks(block);
  return undefined;
}

const markLetter = /[\u3400-\u4db5]/;
const firstMarks = new Marks(0);
