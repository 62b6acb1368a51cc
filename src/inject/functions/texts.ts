/** Functions on text and plain values (`pkg/kube/inject/template.go`). Exports: {@link textFunctions}. */
import {
  anyType,
  type FunctionMap,
  formatValue,
  type GoInt,
  type GoStruct,
  intType,
  stringType,
} from '../../gotemplate/index.ts';
import { checkTextLength, repeated } from '../../gotemplate/sprig/bounds.ts';
import { toLower } from '../../gotemplate/sprig/letter-case.ts';
import { boolType } from '../../gotemplate/value/model.ts';
import { goType } from '../../schema/index.ts';
import { appendMultusNetwork } from './multus-network.ts';
import { omitNil } from './omit-nil.ts';

/**
 * Every line but the first moves n columns to the right, empty ones too; a negative n counts as its size.
 * Sprig's `nindent` moves all lines.
 */
function indent(count: GoInt, text: string): string {
  const blanks = repeated(' ', Math.abs(Number(count.value)));
  const lines = text.split('\n');
  checkTextLength(text.length + lines.length * blanks.length);
  return lines.join(`\n${blanks}`);
}

/** The annotation when it is there, even empty; else the default as `%v` prints it (nil: `<nil>`). */
function annotation(meta: GoStruct, name: string, fallback: unknown): string {
  const annotations = meta.source['annotations'];
  if (typeof annotations === 'object' && annotations !== null && Object.hasOwn(annotations, name)) {
    return String((annotations as { readonly [key: string]: unknown })[name]);
  }
  return formatValue(fallback);
}

export const textFunctions: FunctionMap = {
  annotation: {
    in: [goType('v1.ObjectMeta'), stringType, anyType],
    out: stringType,
    looksUp: ['Annotations'],
    call: annotation,
  },
  /** The default for nil and the empty string; zero, false and empty maps stay. */
  valueOrDefault: {
    in: [anyType, anyType],
    out: anyType,
    call: (value: unknown, fallback: unknown) =>
      value === null || value === '' ? fallback : value,
  },
  /** Everything up to and including the last slash. */
  directory: {
    in: [stringType],
    out: stringType,
    call: (path: string) => path.slice(0, path.lastIndexOf('/') + 1),
  },
  contains: {
    in: [stringType, stringType],
    out: boolType,
    call: (needle: string, text: string) => text.includes(needle),
  },
  toLower: { in: [stringType], out: stringType, call: toLower },
  indent: { in: [intType, stringType], out: stringType, call: indent },
  omitNil: { in: [anyType], out: anyType, call: omitNil },
  appendMultusNetwork: {
    in: [stringType, stringType],
    out: stringType,
    call: appendMultusNetwork,
  },
};
