// Written where they are used: sets of Unicode characters take V8 long, and few documents need them.
function isLetter(character: string): boolean {
  return character < '\x80' ? /[A-Za-z]/.test(character) : /\p{L}/u.test(character);
}

function isDigit(character: string): boolean {
  return character < '\x80' ? character >= '0' && character <= '9' : /\p{Nd}/u.test(character);
}

/**
 * Order in which go-yaml writes the keys of a mapping (its sorter.go): letters after everything else,
 * digit runs by their numbers, the rest by code point. Not quite transitive where leading zeros meet
 * letters; go-yaml's own output is not repeatable there.
 */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const as = Array.from(a);
  const bs = Array.from(b);
  const shared = Math.min(as.length, bs.length);
  for (let i = 0; i < shared; i++) {
    const x = as[i] ?? '';
    const y = bs[i] ?? '';
    if (x !== y) return compareFrom(as, bs, i, x, y);
  }
  return as.length - bs.length;
}

/** Compares at the first place where the keys differ. */
function compareFrom(
  as: readonly string[],
  bs: readonly string[],
  at: number,
  x: string,
  y: string,
): number {
  const xIsLetter = isLetter(x);
  const yIsLetter = isLetter(y);
  if (xIsLetter && !yIsLetter) return 1;
  if (yIsLetter && !xIsLetter) return -1;
  const byCode = (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
  if (xIsLetter) return byCode;
  // A zero inside of a number counts, so both numbers get a first digit that keeps it from vanishing.
  const prefix = (x === '0' || y === '0') && numberPrecedes(as, at) ? 1n : 0n;
  const left = readNumber(as, at, prefix);
  const right = readNumber(bs, at, prefix);
  if (left.value !== right.value) return left.value < right.value ? -1 : 1;
  return left.end - right.end || byCode;
}

/** Whether the digits directly before `at` hold one that is not zero. */
function numberPrecedes(characters: readonly string[], at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const character = characters[i] ?? '';
    if (!isDigit(character)) return false;
    if (character !== '0') return true;
  }
  return false;
}

/** Reads digits as an int64, which wraps around as in Go. */
function readNumber(
  characters: readonly string[],
  at: number,
  prefix: bigint,
): { value: bigint; end: number } {
  let value = prefix;
  let end = at;
  for (; end < characters.length && isDigit(characters[end] ?? ''); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((characters[end]?.codePointAt(0) ?? 0) - 0x30));
  }
  return { value, end };
}
