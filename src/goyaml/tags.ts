import { exactInteger, resolvePlain, type Scalar } from './resolve.ts';
import { isTimestamp } from './timestamp.ts';

const standard = 'tag:yaml.org,2002:';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The tags of a document: what their handles stand for, and what they make of scalars. */
export class TagTable {
  /** True once a directive was seen. */
  declared = false;
  private readonly handles = new Map([
    ['!', '!'],
    ['!!', standard],
  ]);
  private readonly fail: (problem: string) => never;

  constructor(fail: (problem: string) => never) {
    this.fail = fail;
  }

  /** Takes note of a line `%YAML 1.1` or `%TAG !e! prefix`; other directives are unknown. */
  declare(line: string): void {
    this.declared = true;
    const [name, ...words] = line
      .replace(/\s#.*/, '')
      .trim()
      .split(/[ \t]+/);
    if (name === '%YAML') {
      if (words[0] !== '1.1') this.fail('found incompatible YAML document');
    } else if (name === '%TAG' && words.length === 2) {
      this.handles.set(words[0] ?? '', words[1] ?? '');
    } else {
      this.fail('found unknown directive name');
    }
  }

  /** Full name of a tag in the scanner's form `HANDLE SUFFIX`. */
  resolve(scanned: string): string {
    const at = scanned.indexOf(' ');
    const handle = scanned.slice(0, at);
    const suffix = scanned.slice(at + 1);
    if (handle === '') return suffix;
    const prefix = this.handles.get(handle);
    return prefix === undefined ? this.fail('found undefined tag handle') : prefix + suffix;
  }

  /** The value of a scalar with a tag. A tag that YAML does not know makes a string. */
  scalar(tag: string, text: string, plain: boolean): Scalar {
    if (!tag.startsWith(standard)) return text;
    const value = resolvePlain(text);
    switch (tag.slice(standard.length)) {
      case 'null':
        return value === null ? null : this.mismatch(value, text, 'null');
      case 'bool':
        return typeof value === 'boolean' ? value : this.mismatch(value, text, 'bool');
      case 'float':
        return typeof value === 'number' ? value : this.mismatch(value, text, 'float');
      case 'int':
        return typeof value === 'number' && exactInteger(text.replaceAll('_', '')) !== undefined
          ? value
          : this.mismatch(value, text, 'int');
      case 'timestamp':
        return isTimestamp(text) ? text : this.mismatch(value, text, 'timestamp');
      case 'binary':
        return this.binary(text);
      case 'merge':
        return plain ? text : value;
      default:
        return text;
    }
  }

  private binary(text: string): string {
    const packed = text.replace(/[\r\n]/g, '');
    if (!base64.test(packed)) this.fail('!!binary value contains invalid base64 data');
    return Buffer.from(packed, 'base64').toString('utf8');
  }

  private mismatch(value: Scalar, text: string, wanted: string): never {
    const found =
      value === null
        ? 'null'
        : typeof value === 'boolean'
          ? 'bool'
          : typeof value === 'number'
            ? 'float'
            : 'str';
    return this.fail(`cannot decode !!${found} \`${text}\` as a !!${wanted}`);
  }
}
