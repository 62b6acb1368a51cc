import { SPACE_OR_END } from './characters.ts';
import { GoYamlError } from './error.ts';
import type { Source } from './source.ts';

const anchorName = /[0-9A-Za-z_-]+/y;
const afterAnchor = '?:,]}%@`';
const tagUri = /(?:[0-9A-Za-z;/?:@&=+$.!~*'()[\],#_-]|%[0-9A-Fa-f]{2})+/y;
const tagSuffix = /(?:[0-9A-Za-z;/?:@&=+$.~*'()#_-]|%[0-9A-Fa-f]{2})*/y;
const tagHandle = /![0-9A-Za-z_-]*!|!/y;

/** What is wrong with the name of a directive, the line `%NAME …`. */
export function directiveProblem(line: string): string | undefined {
  const name = /^%([0-9A-Za-z_-]*)/.exec(line)?.[1] ?? '';
  if (name === '') return 'could not find expected directive name';
  if (!/^(?:$|[ \t])/.test(line.slice(name.length + 1))) {
    return 'found unexpected non-alphabetical character';
  }
  return name === 'YAML' || name === 'TAG' ? undefined : 'found unknown directive name';
}

/** The name of the anchor or alias whose `&` or `*` is at `start`. */
export function scanAnchorName(source: Source, start: number): { value: string; end: number } {
  const value = match(anchorName, source, start + 1);
  const end = start + 1 + value.length;
  const detached = (source.bits(end) & SPACE_OR_END) !== 0;
  if (value === '' || !(detached || afterAnchor.includes(source.text.charAt(end)))) {
    throw new GoYamlError(
      'did not find expected alphabetic or numeric character',
      source.text,
      start,
    );
  }
  return { value, end };
}

/** The tag whose `!` is at `start`, in the form `HANDLE SUFFIX`; the handle of `!<uri>` is empty. */
export function scanTag(source: Source, start: number): { value: string; end: number } {
  let handle = '';
  let suffix: string;
  let end: number;
  if (source.text.charAt(start + 1) === '<') {
    suffix = match(tagUri, source, start + 2);
    end = start + 2 + suffix.length;
    if (suffix === '' || source.text.charAt(end) !== '>') {
      throw new GoYamlError("did not find the expected '>'", source.text, start);
    }
    end++;
  } else {
    handle = match(tagHandle, source, start);
    suffix = match(tagSuffix, source, start + handle.length);
    end = start + handle.length + suffix.length;
  }
  if ((source.bits(end) & SPACE_OR_END) === 0) {
    throw new GoYamlError('did not find expected whitespace or line break', source.text, start);
  }
  return { value: `${handle} ${decodePercent(suffix)}`, end };
}

function match(pattern: RegExp, source: Source, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source.text)?.[0] ?? '';
}

function decodePercent(suffix: string): string {
  if (!suffix.includes('%')) return suffix;
  try {
    return decodeURIComponent(suffix);
  } catch {
    return suffix;
  }
}
