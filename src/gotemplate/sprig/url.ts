import { goQuote } from '../fmt/go-quote.ts';
import { anyMapType, type FunctionMap, GoCallError, stringType } from '../value/model.ts';
import { type AnyMap, getEntry } from './any-map.ts';
import { fixed } from './define.ts';
import { kindName } from './kind.ts';
import { escapeUrl, unescapeUrl } from './url-escape.ts';

/** A URL by Go's net/url: path and fragment decoded, query and opaque part as written. */
interface Url {
  readonly scheme: string;
  readonly opaque: string;
  /** Encoded; undefined when there is none. */
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function refuse(problem: string): never {
  throw new GoCallError(problem);
}

function parseUrl(text: string): Url {
  const [main, encodedFragment] = cut(text, '#');
  const url = wrapping(main, () => parseMain(main));
  return {
    ...url,
    fragment: wrapping(text, () => unescapeUrl(encodedFragment, 'fragment')),
  };
}

/** Says what text a failure was about. */
function wrapping<T>(text: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GoCallError)) throw error;
    throw new GoCallError(`parse ${goQuote(text)}: ${error.message}`);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what URLs must not hold.
const controlCharacter = /[\0-\x1f\x7f]/;
const schemePattern = /^[A-Za-z][0-9A-Za-z+.-]*:/;

function parseMain(text: string): Omit<Url, 'fragment'> {
  if (controlCharacter.test(text)) refuse('net/url: invalid control character in URL');
  const empty = { scheme: '', opaque: '', userinfo: undefined, host: '', path: '', query: '' };
  if (text === '*') return { ...empty, path: '*' };
  if (text.startsWith(':')) refuse('missing protocol scheme');
  const scheme = schemePattern.exec(text)?.[0].slice(0, -1) ?? '';
  const afterScheme = scheme === '' ? text : text.slice(scheme.length + 1);
  const [rest, query] = cut(afterScheme, '?');
  const known = { ...empty, scheme: scheme.toLowerCase(), query };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...known, opaque: rest };
    if (cut(rest, '/')[0].includes(':')) {
      refuse('first path segment in URL cannot contain colon');
    }
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) {
    return { ...known, path: unescapeUrl(rest, 'path') };
  }
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const at = authority.lastIndexOf('@');
  return {
    ...known,
    host: parseHost(authority.slice(at + 1)),
    userinfo: at < 0 ? undefined : normalUserinfo(authority.slice(0, at)),
    path: unescapeUrl(slash < 0 ? '' : rest.slice(slash), 'path'),
  };
}

const userinfoPattern = /^[0-9A-Za-z\-._:~!$&'()*+,;=%@]*$/;

/** User and password, encoded anew. */
function normalUserinfo(text: string): string {
  if (!userinfoPattern.test(text)) refuse('net/url: invalid userinfo');
  const colon = text.indexOf(':');
  const again = (part: string) => escapeUrl(unescapeUrl(part, 'userinfo'), 'userinfo');
  return colon < 0 ? again(text) : `${again(text.slice(0, colon))}:${again(text.slice(colon + 1))}`;
}

function parseHost(host: string): string {
  let port = '';
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']');
    if (end < 0) refuse("missing ']' in host");
    port = host.slice(end + 1);
  } else {
    const colon = host.lastIndexOf(':');
    if (colon >= 0) port = host.slice(colon);
  }
  if (!/^(?::[0-9]*)?$/.test(port)) refuse(`invalid port ${goQuote(port)} after host`);
  return unescapeUrl(host, 'host');
}

/** The host without port and brackets. */
function hostname(host: string): string {
  const withoutPort = host.replace(/:[0-9]*$/, '');
  return withoutPort.startsWith('[') && withoutPort.endsWith(']')
    ? withoutPort.slice(1, -1)
    : withoutPort;
}

function printUrl(url: Url): string {
  let out = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') {
    out += url.opaque;
  } else {
    const hasAuthority = url.host !== '' || url.userinfo !== undefined;
    if (hasAuthority || (url.scheme !== '' && url.path !== '')) out += '//';
    if (url.userinfo !== undefined) out += `${url.userinfo}@`;
    out += escapeUrl(url.host, 'host');
    const path = url.path === '*' ? '*' : escapeUrl(url.path, 'path');
    if (path !== '' && !path.startsWith('/') && url.host !== '') out += '/';
    // Otherwise the first segment would read as a scheme.
    if (out === '' && cut(path, '/')[0].includes(':')) out += './';
    out += path;
  }
  if (url.query !== '') out += `?${url.query}`;
  return url.fragment === '' ? out : `${out}#${escapeUrl(url.fragment, 'fragment')}`;
}

function urlParse(text: string): AnyMap {
  let url: Url;
  try {
    url = parseUrl(text);
  } catch (error) {
    if (!(error instanceof GoCallError)) throw error;
    throw new GoCallError(`unable to parse url: ${error.message}`);
  }
  return { ...url, hostname: hostname(url.host), userinfo: url.userinfo ?? '' };
}

function textEntry(map: AnyMap, key: string): string {
  const value = getEntry(map, key);
  if (value === undefined || typeof value === 'string') return value ?? '';
  return refuse(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
}

function urlJoin(map: AnyMap): string {
  const userinfo = textEntry(map, 'userinfo');
  return printUrl({
    scheme: textEntry(map, 'scheme'),
    host: textEntry(map, 'host'),
    path: textEntry(map, 'path'),
    query: textEntry(map, 'query'),
    opaque: textEntry(map, 'opaque'),
    fragment: textEntry(map, 'fragment'),
    userinfo: userinfo === '' ? undefined : parseUserinfo(userinfo),
  });
}

function parseUserinfo(text: string): string | undefined {
  try {
    return parseUrl(`proto://${text}@host`).userinfo;
  } catch (error) {
    if (!(error instanceof GoCallError)) throw error;
    throw new GoCallError(`unable to parse userinfo in dict: ${error.message}`);
  }
}

/** sprig's functions on URLs. */
export const urlFunctions: FunctionMap = {
  urlParse: fixed([stringType], anyMapType, urlParse),
  urlJoin: fixed([anyMapType], stringType, urlJoin),
};
