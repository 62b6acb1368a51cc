import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import { readAddress } from './ip-address.ts';

/**
 * What is wrong with a comma-separated list of CIDRs; an empty one is fine. Items are not trimmed: a blank
 * after a comma is a fault, as it is upstream.
 */
export function cidrListProblem(text: string): string | undefined {
  if (text === '') return undefined;
  for (const item of text.split(',')) {
    const problem = cidrProblem(item);
    if (problem !== undefined) {
      return `failed parsing cidr '${item}': netip.ParsePrefix(${goQuote(item)}): ${problem}`;
    }
  }
  return undefined;
}

function cidrProblem(text: string): string | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return "no '/'";
  const address = readAddress(text.slice(0, slash));
  if ('problem' in address) return address.problem;
  if (address.zone) return 'IPv6 zones cannot be present in a prefix';
  const bits = text.slice(slash + 1);
  if (!/^(?:[0-9]|[1-9][0-9]+)$/.test(bits) || !Number.isSafeInteger(Number(bits))) {
    return `bad bits after slash: ${goQuote(bits)}`;
  }
  return Number(bits) > (address.family === 4 ? 32 : 128)
    ? 'prefix length out of range'
    : undefined;
}
