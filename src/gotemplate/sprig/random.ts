import { type FunctionMap, GoCallError, type GoInt, intType, stringType } from '../value/model.ts';
import { checkTextLength } from './bounds.ts';
import { fixed } from './define.ts';
import { int } from './number-casts.ts';
import { unsupported } from './unsupported.ts';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');

/** A random number from 0 up to, not including, 1. */
type Random = () => number;

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function randomText(random: Random, alphabet: string) {
  return fixed([intType], stringType, (count: GoInt) => {
    const length = Math.max(0, Number(count.value));
    checkTextLength(length);
    return Array.from({ length }, () => alphabet.charAt(below(random, alphabet.length))).join('');
  });
}

function randomBytes(random: Random, length: number): Buffer {
  checkTextLength(length);
  return Buffer.from(Array.from({ length: Math.max(0, length) }, () => below(random, 256)));
}

/** A UUID of version 4. */
function uuid(random: Random): string {
  const bytes = randomBytes(random, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function shuffle(random: Random, text: string): string {
  const chars = Array.from(text);
  for (let i = chars.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? ''];
  }
  return chars.join('');
}

/** sprig's functions that go by chance; without a source of it they exist and fail when called. */
export function randomFunctions(random: Random | undefined): FunctionMap {
  if (random === undefined) return withoutChance;
  return {
    randAlphaNum: randomText(random, letters + digits),
    randAlpha: randomText(random, letters),
    randNumeric: randomText(random, digits),
    randAscii: randomText(random, ascii),
    randBytes: fixed([intType], stringType, (count: GoInt) =>
      randomBytes(random, Number(count.value)).toString('base64'),
    ),
    randInt: fixed([intType, intType], intType, (least: GoInt, limit: GoInt) => {
      const size = Number(limit.value) - Number(least.value);
      if (size <= 0) throw new GoCallError('invalid argument to Intn');
      return int(BigInt(Number(least.value) + below(random, size)));
    }),
    shuffle: fixed([stringType], stringType, (text: string) => shuffle(random, text)),
    uuidv4: fixed([], stringType, () => uuid(random)),
  };
}

const withoutChance: FunctionMap = {
  ...Object.fromEntries(
    ['randAlphaNum', 'randAlpha', 'randNumeric', 'randAscii', 'randBytes'].map((name) => [
      name,
      unsupported(name, [intType], stringType),
    ]),
  ),
  randInt: unsupported('randInt', [intType, intType], intType),
  shuffle: unsupported('shuffle', [stringType], stringType),
  uuidv4: unsupported('uuidv4', [], stringType),
};
