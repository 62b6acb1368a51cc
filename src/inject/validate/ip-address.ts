/**
 * Reading IP addresses as strictly as Go's `net/netip` does, with its error texts.
 * Exports: {@link readAddress}, {@link Address}.
 */
import { goQuote } from '../../gotemplate/fmt/go-quote.ts';

/** What is known of an address that reads well. */
export interface Address {
  readonly family: 4 | 6;
  readonly zone: boolean;
}

/** Message and, where Go tells it, the text that was left at the place of the fault. */
class Fault {
  readonly message: string;
  readonly rest: string | undefined;
  constructor(message: string, rest?: string) {
    this.message = message;
    this.rest = rest;
  }
}

/** Reads an IPv4 or IPv6 address, or says in Go's words why it is none. */
export function readAddress(text: string): Address | { readonly problem: string } {
  const read = read4or6(text);
  if (!(read instanceof Fault)) return read;
  const place = read.rest === undefined ? '' : ` (at ${goQuote(read.rest)})`;
  return { problem: `ParseAddr(${goQuote(text)}): ${read.message}${place}` };
}

function read4or6(text: string): Address | Fault {
  // The first of these characters tells the family.
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === '.') return read4(text) ?? { family: 4, zone: false };
  if (mark === ':') return read6(text);
  return new Fault(mark === '%' ? 'missing IPv6 address' : 'unable to parse IP');
}

function read4(text: string): Fault | undefined {
  let octets = 0;
  let digits = '';
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character >= '0' && character <= '9') {
      if (digits === '0') return new Fault('IPv4 field has octet with leading zero');
      digits += character;
      if (Number(digits) > 255) return new Fault('IPv4 field has value >255');
    } else if (character === '.') {
      if (digits === '' || index === text.length - 1) {
        return new Fault('IPv4 field must have at least one digit', text.slice(index));
      }
      if (octets === 3) return new Fault('IPv4 address too long');
      octets++;
      digits = '';
    } else {
      return new Fault('unexpected character', text.slice(index));
    }
  }
  return octets < 3 ? new Fault('IPv4 address too short') : undefined;
}

function read6(text: string): Address | Fault {
  const percent = text.indexOf('%');
  const zone = percent >= 0;
  if (zone && percent === text.length - 1) return new Fault('zone must be a non-empty string');
  let rest = zone ? text.slice(0, percent) : text;
  let gap = false;
  if (rest.startsWith('::')) {
    gap = true;
    rest = rest.slice(2);
    if (rest === '') return { family: 6, zone };
  }
  let fields = 0;
  while (fields < 8) {
    const group = readGroup(rest);
    if (group instanceof Fault) return group;
    if (rest.charAt(group.length) === '.') {
      const fault = readTail4(rest, fields, gap);
      if (fault !== undefined) return fault;
      fields += 2;
      rest = '';
      break;
    }
    fields++;
    rest = rest.slice(group.length);
    if (rest === '') break;
    if (rest.charAt(0) !== ':') return new Fault('unexpected character, want colon', rest);
    if (rest === ':') return new Fault('colon must be followed by more characters', rest);
    rest = rest.slice(1);
    if (rest.charAt(0) !== ':') continue;
    if (gap) return new Fault('multiple :: in address', rest);
    gap = true;
    rest = rest.slice(1);
    if (rest === '') break;
  }
  if (rest !== '') return new Fault('trailing garbage after address', rest);
  if (fields < 8 && !gap) return new Fault('address string too short');
  if (fields === 8 && gap) return new Fault('the :: must expand to at least one field of zeros');
  return { family: 6, zone };
}

function readGroup(rest: string): string | Fault {
  const group = /^[0-9a-fA-F]*/.exec(rest)?.[0] ?? '';
  if (group === '') {
    return new Fault('each colon-separated field must have at least one digit', rest);
  }
  return group.length > 4 ? new Fault('each group must have 4 or less digits', rest) : group;
}

/** An IPv4 address may stand for the last two fields. */
function readTail4(rest: string, fields: number, gap: boolean): Fault | undefined {
  if (!gap && fields !== 6) {
    return new Fault('embedded IPv4 address must replace the final 2 fields of the address', rest);
  }
  if (fields > 6) {
    return new Fault('too many hex fields to fit an embedded IPv4 at the end of the address', rest);
  }
  return read4(rest);
}
