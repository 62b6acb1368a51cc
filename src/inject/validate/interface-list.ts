import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import { byteLength } from '../../gotemplate/value/utf8.ts';
import { goTrim } from './go-trim.ts';

/** The kernel's IFNAMSIZ leaves room for this many bytes. */
const longest = 15;
const allowed = /^[a-zA-Z][a-zA-Z0-9_.-]*$/;

/** What is wrong with a comma-separated list of network interfaces; an empty one is fine. */
export function interfaceListProblem(text: string): string | undefined {
  if (text === '') return undefined;
  for (const item of text.split(',')) {
    const name = goTrim(item);
    if (name === '') return 'empty interface name';
    if (byteLength(name) > longest) {
      return `interface name ${goQuote(name)} too long (max ${longest} chars)`;
    }
    if (!allowed.test(name)) {
      return `interface name ${goQuote(name)} contains invalid characters`;
    }
  }
  return undefined;
}
