/** Integer literals as Go's `strconv.ParseInt(text, 0, 64)` and `ParseUint` read them. */

const maxUint = (1n << 64n) - 1n;
const maxInt = (1n << 63n) - 1n;
/** No 64-bit number needs more digits, in any base; longer ones are not worth reading. */
const maxDigits = 64;

const digitsOf: ReadonlyMap<string, string> = new Map([
  ['0b', '01'],
  ['0o', '01234567'],
  ['0x', '0123456789abcdef'],
]);

/**
 * Underscores may only stand between digits, or between a base prefix and a digit. Only asked about texts
 * that the lexer took for a number.
 */
export function underscoresAreFine(text: string): boolean {
  if (!text.includes('_')) return true;
  const unsigned = text.startsWith('+') || text.startsWith('-') ? text.slice(1) : text;
  const prefix = unsigned.slice(0, 2).toLowerCase();
  const digits = prefix === '0x' ? '0123456789abcdef' : '0123456789';
  let at = digitsOf.has(prefix) ? 2 : 0;
  let before = at > 0 ? 'digit' : 'start';
  for (; at < unsigned.length; at++) {
    const character = unsigned.charAt(at).toLowerCase();
    if (digits.includes(character)) {
      before = 'digit';
    } else if (character === '_') {
      if (before !== 'digit') return false;
      before = 'underscore';
    } else {
      if (before === 'underscore') return false;
      before = 'other';
    }
  }
  return before !== 'underscore';
}

/** The value of digits without sign; null when they are not an integer of 64 bits. */
function readUnsigned(text: string): bigint | null {
  if (text === '' || !underscoresAreFine(text)) return null;
  let prefix = '';
  let digits = text.toLowerCase();
  if (digits.startsWith('0')) {
    const named = digits.slice(0, 2);
    if (digits.length >= 3 && digitsOf.has(named)) {
      prefix = named;
      digits = digits.slice(2);
    } else {
      prefix = '0o';
      digits = digits.slice(1);
    }
  }
  const allowed = digitsOf.get(prefix) ?? '0123456789';
  let significant = '';
  for (const digit of digits) {
    if (digit === '_') continue;
    if (!allowed.includes(digit)) return null;
    if (significant !== '' || digit !== '0') significant += digit;
  }
  if (significant.length > maxDigits) return null;
  const value = BigInt(significant === '' ? '0' : prefix + significant);
  return value > maxUint ? null : value;
}

/** Reads a `uint64`: no sign is allowed. */
export function readUint(text: string): bigint | null {
  return text.startsWith('-') || text.startsWith('+') ? null : readUnsigned(text);
}

/** Reads an `int64`. */
export function readInt(text: string): bigint | null {
  const negative = text.startsWith('-');
  const value = readUnsigned(negative || text.startsWith('+') ? text.slice(1) : text);
  if (value === null) return null;
  if (negative) return value > maxInt + 1n ? null : -value;
  return value > maxInt ? null : value;
}
