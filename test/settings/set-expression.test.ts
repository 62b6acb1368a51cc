import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import type { JsonValue } from '../../src/json.ts';
import { assign } from '../../src/settings/assign.ts';
import { parseSetExpression } from '../../src/settings/set-expression.ts';

function set(text: string, kind: 'typed' | 'text' = 'typed', base: JsonValue = {}): JsonValue {
  return parseSetExpression(text, kind).reduce(
    (values, { path, value }) => assign(values, path, value),
    base,
  );
}

describe('--set', () => {
  it.each<[string, JsonValue]>([
    ['a=b', { a: 'b' }],
    ['a=b,c=d', { a: 'b', c: 'd' }],
    ['a.b.c=d', { a: { b: { c: 'd' } } }],
    ['a.b=1,a.c=2', { a: { b: 1, c: 2 } }],
    ['a=', { a: '' }],
    ['a=,b=1', { a: '', b: 1 }],
    ['a=1,', { a: 1 }],
    ['', {}],
    ['a=true,b=FALSE,c=null', { a: true, b: false, c: null }],
    [
      'a=0,b=-5,c=007,d=1.5,e=12345678901234567890',
      { a: 0, b: -5, c: '007', d: '1.5', e: '12345678901234567890' },
    ],
    ['a={x,y,1}', { a: ['x', 'y', 1] }],
    ['a={}', { a: [] }],
    ['a={x},b={y}', { a: ['x'], b: ['y'] }],
    ['a[0]=x', { a: ['x'] }],
    ['a[2]=x', { a: [null, null, 'x'] }],
    ['a[0].b=x,a[0].c=y', { a: [{ b: 'x', c: 'y' }] }],
    ['a[0][1]=x', { a: [[null, 'x']] }],
    ['a=b=c', { a: 'b=c' }],
    ['a=x\\,y', { a: 'x,y' }],
    ['a\\.b=1', { 'a.b': 1 }],
    ['nodeSelector.kubernetes\\.io/role=x', { nodeSelector: { 'kubernetes.io/role': 'x' } }],
    ['a={x\\,y,z}', { a: ['x,y', 'z'] }],
    ['a=x{y}', { a: 'x{y}' }],
    ['a=\\{x', { a: '{x' }],
    ['__proto__.b=1', JSON.parse('{"__proto__":{"b":1}}') as JsonValue],
  ])('reads %s', (text, expected) => {
    expect(JSON.stringify(set(text))).toBe(JSON.stringify(expected));
  });

  it('takes everything for text with --set-string', () => {
    expect(set('a=true,b=5,c={1,null}', 'text')).toEqual({ a: 'true', b: '5', c: ['1', 'null'] });
  });

  it('adds to what is there', () => {
    expect(set('a.b=1,l[1]=y', 'typed', { a: { c: 2 }, l: ['x'] })).toEqual({
      a: { b: 1, c: 2 },
      l: ['x', 'y'],
    });
  });

  it.each([
    ['a', '"a" has no value'],
    ['a,b=1', '"a" has no value'],
    ['=1', 'a name is missing'],
    ['a..b=1', 'a name is missing'],
    ['a.=1', 'a name is missing'],
    ['a[x]=1', '"x" is no index'],
    ['a[-1]=1', '"-1" is no index'],
    ['a[65537]=1', '"65537" is no index'],
    ['a[0=1', '"]" is missing'],
    ['a={x,y', '"}" is missing'],
    ['a={x}y', 'a comma is missing'],
    [`${'a.'.repeat(31)}b=1`, 'deeper than 30'],
  ])('refuses %s', (text, message) => {
    expect(() => set(text)).toThrow(OutriggerError);
    expect(() => set(text)).toThrow(message);
  });

  it.each([
    ['a.b=1', { a: 'text' }, 'a is not an object'],
    ['a[0]=1', { a: {} }, 'a is not a list'],
    ['a.b[1].c=1', { a: { b: [0, 'x'] } }, 'a.b[1] is not an object'],
  ])('refuses %s where something else is in the way', (text, base, message) => {
    expect(() => set(text, 'typed', base)).toThrow(message);
  });

  it('neither hangs nor crashes, whatever it is given', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '.', ',', '=', '[', ']', '{', '}', '\\', '0'),
    });
    fc.assert(
      fc.property(text, (expression) => {
        try {
          expect(set(expression)).toBeTypeOf('object');
        } catch (error) {
          expect(error).toBeInstanceOf(OutriggerError);
        }
      }),
    );
  });
});
