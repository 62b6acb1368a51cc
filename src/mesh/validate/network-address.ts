import { isIP } from 'node:net';
import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import { atoi } from './atoi.ts';
import { domainNameProblem } from './domain-name.ts';

/**
 * What is wrong with `host:port`, in the words of `ValidateProxyAddress`
 * (pkg/config/validation/agent/validation.go); undefined when nothing is.
 */
export function addressProblem(address: string): string | undefined {
  const split = splitHostPort(address);
  if (typeof split === 'string') {
    const about = address === '' ? split : `address ${address}: ${split}`;
    return `unable to split ${goQuote(address)}: ${about}`;
  }
  const port = atoi(split.port);
  if (typeof port === 'string') return `port (${split.port}) is not a number: ${port}`;
  const portWrong = portProblem(port);
  if (portWrong !== undefined) return portWrong;
  return domainNameProblem(split.host) === undefined || isAddress(split.host)
    ? undefined
    : `${goQuote(split.host)} is not a valid hostname or an IP address`;
}

/** What is wrong with a port number. */
export function portProblem(port: number): string | undefined {
  return port >= 1 && port <= 65535
    ? undefined
    : `port number ${port} must be in the range 1..65535`;
}

function isAddress(host: string): boolean {
  // A zone must have a name, which isIP does not ask for.
  return isIP(host) !== 0 && !host.endsWith('%');
}

/** Go's `net.SplitHostPort`; a string is the text of the error. */
function splitHostPort(address: string): { host: string; port: string } | string {
  const colon = address.lastIndexOf(':');
  if (colon < 0) return 'missing port in address';
  let host = address.slice(0, colon);
  let searchOpen = 0;
  let searchClose = 0;
  if (address.startsWith('[')) {
    const end = address.indexOf(']');
    if (end < 0) return "missing ']' in address";
    if (end + 1 === address.length) return 'missing port in address';
    if (end + 1 !== colon) {
      return address.charAt(end + 1) === ':'
        ? 'too many colons in address'
        : 'missing port in address';
    }
    host = address.slice(1, end);
    searchOpen = 1;
    searchClose = end + 1;
  } else if (host.includes(':')) {
    return 'too many colons in address';
  }
  if (address.includes('[', searchOpen)) return "unexpected '[' in address";
  if (address.includes(']', searchClose)) return "unexpected ']' in address";
  return { host, port: address.slice(colon + 1) };
}
