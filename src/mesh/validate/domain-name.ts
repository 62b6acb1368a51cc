import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import { atoi } from './atoi.ts';

const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const longestLabel = 63;
const longestName = 255;

/** True for a label of a DNS name; upper case is allowed. */
function isDnsLabel(text: string): boolean {
  return text.length <= longestLabel && label.test(text);
}

/** What is wrong with a fully qualified domain name; undefined when nothing is. */
export function domainNameProblem(name: string): string | undefined {
  return lengthProblem(name) ?? labelsProblem(name);
}

/** What is wrong with a domain name whose first label may be or start with a star. */
export function wildcardDomainProblem(name: string): string | undefined {
  const tooLong = lengthProblem(name);
  if (tooLong !== undefined) return tooLong;
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (first.length > longestLabel || !wildcardLabel.test(first)) return labelInvalid(name, first);
  return dot < 0 ? undefined : labelsProblem(name.slice(dot + 1));
}

/** What is wrong with a trust domain; unlike a domain name its last label may be all digits. */
export function trustDomainProblem(domain: string): string | undefined {
  if (domain === '') return 'empty domain name not allowed';
  return firstBadLabel(domain) === undefined
    ? undefined
    : `trust domain name ${goQuote(domain)} invalid`;
}

function lengthProblem(name: string): string | undefined {
  if (name === '') return 'empty domain name not allowed';
  return Buffer.byteLength(name) > longestName
    ? `domain name ${goQuote(name)} too long (max ${longestName})`
    : undefined;
}

function labelsProblem(name: string): string | undefined {
  const top = name.slice(name.lastIndexOf('.') + 1);
  if (typeof atoi(top) === 'number') {
    return `domain name ${goQuote(name)} invalid (top level domain ${goQuote(top)} cannot be all-numeric)`;
  }
  const bad = firstBadLabel(name);
  return bad === undefined ? undefined : labelInvalid(name, bad);
}

function labelInvalid(name: string, bad: string): string {
  return `domain name ${goQuote(name)} invalid (label ${goQuote(bad)} invalid)`;
}

/** The last label may be empty: the name then ends with a point. */
function firstBadLabel(name: string): string | undefined {
  const labels = name.split('.');
  return labels.find((text, at) => !isDnsLabel(text) && !(text === '' && at === labels.length - 1));
}
