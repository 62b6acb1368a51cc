import { GoInt } from '../value/model.ts';
import { typeName } from '../value/type-of.ts';
import { formatValue } from './format-value.ts';
import { type Directive, formatOperand } from './operand.ts';

/** Beyond these Go refuses a width or precision (`tooLarge` in fmt/print.go). */
const largestWritten = 10_000_009;
const largestStar = 1_000_000;

/** Reads a format string directive by directive. */
class FormatReader {
  readonly format: string;
  readonly args: readonly unknown[];
  at = 0;
  argument = 0;
  reordered = false;
  goodIndex = true;

  constructor(format: string, args: readonly unknown[]) {
    this.format = format;
    this.args = args;
  }

  /** A run of digits; undefined when there is none, NaN when it is too large. */
  number(): number | undefined {
    const start = this.at;
    while (this.at < this.format.length && /[0-9]/.test(this.format[this.at] ?? '')) this.at++;
    if (this.at === start) return undefined;
    const value = Number(this.format.slice(start, this.at));
    return value > largestWritten ? Number.NaN : value;
  }

  /** `[n]`: selects the argument that comes next. */
  index(): void {
    if (this.format[this.at] !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(']', this.at);
    const wanted = close < 0 ? Number.NaN : Number(this.format.slice(this.at + 1, close) || 'x');
    this.at = close < 0 ? this.at + 1 : close + 1;
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= this.args.length) {
      this.argument = wanted - 1;
    } else {
      this.goodIndex = false;
    }
  }

  /** The argument of a `*`: an int that is not too large; undefined when it is bad. */
  star(): number | undefined {
    const value = this.args[this.argument];
    if (this.argument < this.args.length) this.argument++;
    if (!(value instanceof GoInt)) return undefined;
    const width = Number(value.value);
    return Math.abs(width) > largestStar ? undefined : width;
  }
}

/** Go's `fmt.Sprintf`. Mistakes in the format are printed, as Go does; nothing throws. */
export function sprintf(format: string, args: readonly unknown[]): string {
  const reader = new FormatReader(format, args);
  let text = '';
  while (reader.at < format.length) {
    const percent = format.indexOf('%', reader.at);
    if (percent < 0) {
      text += format.slice(reader.at);
      break;
    }
    text += format.slice(reader.at, percent);
    reader.at = percent + 1;
    text += directive(reader);
  }
  if (!reader.reordered && reader.argument < args.length) {
    const extra = args
      .slice(reader.argument)
      .map((arg) =>
        arg === null || arg === undefined ? '<nil>' : `${typeName(arg)}=${formatValue(arg)}`,
      );
    text += `%!(EXTRA ${extra.join(', ')})`;
  }
  return text;
}

/** An absurd number ends the format (fmt/print.go, parsenum). */
function tooLarge(reader: FormatReader, before: string): string {
  reader.at = reader.format.length;
  return `${before}%!(NOVERB)`;
}

function directive(reader: FormatReader): string {
  const { format, args } = reader;
  const flags: Directive = {
    plus: false,
    minus: false,
    sharp: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
  };
  let before = '';
  reader.goodIndex = true;
  flagLoop: for (; reader.at < format.length; reader.at++) {
    switch (format[reader.at]) {
      case '+':
        flags.plus = true;
        break;
      case '-':
        flags.minus = true;
        break;
      case '#':
        flags.sharp = true;
        break;
      case ' ':
        flags.space = true;
        break;
      case '0':
        flags.zero = true;
        break;
      default:
        break flagLoop;
    }
  }
  reader.index();
  if (format[reader.at] === '*') {
    reader.at++;
    const width = reader.star();
    if (width === undefined) before += '%!(BADWIDTH)';
    else if (width < 0) {
      flags.minus = true;
      flags.width = -width;
    } else flags.width = width;
  } else {
    const width = reader.number();
    if (Number.isNaN(width)) return tooLarge(reader, before);
    flags.width = width;
  }
  if (format[reader.at] === '.') {
    reader.at++;
    reader.index();
    if (format[reader.at] === '*') {
      reader.at++;
      const precision = reader.star();
      if (precision === undefined || precision < 0) {
        if (precision === undefined) before += '%!(BADPREC)';
      } else flags.precision = precision;
    } else {
      const precision = reader.number();
      if (Number.isNaN(precision)) return tooLarge(reader, before);
      flags.precision = precision ?? 0;
    }
  }
  reader.index();
  if (reader.at >= format.length) return `${before}%!(NOVERB)`;
  const verb = String.fromCodePoint(format.codePointAt(reader.at) ?? 0xfffd);
  reader.at += verb.length;
  if (verb === '%') return `${before}%`;
  if (!reader.goodIndex) return `${before}%!${verb}(BADINDEX)`;
  if (reader.argument >= args.length) return `${before}%!${verb}(MISSING)`;
  return before + formatOperand(verb, flags, args[reader.argument++]);
}
