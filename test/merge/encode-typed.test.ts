import { describe, expect, test } from 'vitest';
import { encodeTyped, jsonText } from '../../src/merge/index.ts';
import { compareBytes } from '../../src/merge/json-string.ts';
import { structSchema, type TypeSchema } from '../../src/schema/index.ts';

describe('encodeTyped', () => {
  test('writes members in the order of the declaration', () => {
    expect(
      encodeTyped(structSchema('ContainerPort'), { protocol: 'TCP', containerPort: 80, name: 'a' }),
    ).toBe('{"name":"a","containerPort":80,"protocol":"TCP"}');
  });

  test('writes what is always written, set or not', () => {
    expect(encodeTyped(structSchema('Pod'), {})).toBe(
      '{"metadata":{},"spec":{"containers":null},"status":{}}',
    );
    expect(encodeTyped(structSchema('Container'), { image: 'a' })).toBe(
      '{"name":"","image":"a","resources":{}}',
    );
    expect(encodeTyped(structSchema('GRPCAction'), { port: 1 })).toBe('{"port":1,"service":null}');
    expect(encodeTyped(structSchema('GRPCAction'), { port: 1, service: '' })).toBe(
      '{"port":1,"service":""}',
    );
    expect(encodeTyped(structSchema('ResourceFieldSelector'), undefined)).toBe(
      '{"resource":"","divisor":"0"}',
    );
    expect(encodeTyped(structSchema('TCPSocketAction'), {})).toBe('{"port":0}');
  });

  test('tells an empty list from one that was never set', () => {
    expect(encodeTyped(structSchema('PodSpec'), { containers: [] })).toBe('{"containers":[]}');
    expect(encodeTyped(structSchema('PodSpec'), {})).toBe('{"containers":null}');
  });

  test('keeps members of an open struct', () => {
    expect(encodeTyped(structSchema('DaemonSetStatus'), { numberReady: 2, extra: ['<'] })).toBe(
      '{"currentNumberScheduled":0,"numberMisscheduled":0,"desiredNumberScheduled":0,' +
        '"numberReady":2,"extra":["\\u003c"]}',
    );
  });

  test('sorts the keys of maps by their bytes', () => {
    const map: TypeSchema = { kind: 'map', elem: { kind: 'string', goName: 'string' } };
    expect(encodeTyped(map, { b: '1', a: '2', B: '3', '\u{1f600}': '4', '\uffee': '5' })).toBe(
      '{"B":"3","a":"2","b":"1","\uffee":"5","\u{1f600}":"4"}',
    );
    expect(['a', 'ab', 'b', ''].sort(compareBytes)).toEqual(['', 'a', 'ab', 'b']);
  });

  test('escapes as Go does', () => {
    const header = { name: 'a', value: '<a href="/b?c&d">\u2028\u0001\n\ud800/' };
    expect(encodeTyped(structSchema('HTTPHeader'), header)).toBe(
      '{"name":"a","value":"\\u003ca href=\\"/b?c\\u0026d\\"\\u003e\\u2028\\u0001\\n\ufffd/"}',
    );
    expect(jsonText({ '<': ['&', null] })).toBe('{"\\u003c":["\\u0026",null]}');
  });
});
