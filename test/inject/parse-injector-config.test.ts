import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';

function refusal(text: string): OutriggerError {
  try {
    parseInjectorConfig(text);
  } catch (error) {
    if (error instanceof OutriggerError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const shape =
  'failed to unmarshal injection template: error unmarshaling JSON: while decoding JSON: ';

describe('the injector configuration', () => {
  it('is read with all its keys', () => {
    const config = parseInjectorConfig(`
      policy: enabled
      defaultTemplates: [mesh, extra]
      templates:
        mesh: |
          spec: {}
        extra: ""
      aliases:
        all: [mesh, extra]
        none:
      neverInjectSelector:
      - matchLabels: {team: a}
      alwaysInjectSelector:
      - matchExpressions:
        - {key: k, operator: In, values: [x]}
        - {key: l, operator: Exists}
      injectedAnnotations: {note: hello}
    `);
    expect(config).toEqual({
      policy: 'enabled',
      defaultTemplates: ['mesh', 'extra'],
      templates: new Map([
        ['mesh', 'spec: {}\n'],
        ['extra', ''],
      ]),
      aliases: new Map([
        ['all', ['mesh', 'extra']],
        ['none', []],
      ]),
      neverInjectSelector: [{ matchLabels: { team: 'a' } }],
      alwaysInjectSelector: [
        {
          matchExpressions: [
            { key: 'k', operator: 'In', values: ['x'] },
            { key: 'l', operator: 'Exists' },
          ],
        },
      ],
      injectedAnnotations: new Map([['note', 'hello']]),
    });
  });

  it.each(['', '# nothing', 'null', '{}', 'unknown: 1', 'defaultTemplates: []\ntemplates: null'])(
    'has defaults: %j',
    (text) => {
      expect(parseInjectorConfig(text)).toEqual({
        policy: '',
        defaultTemplates: ['sidecar'],
        templates: new Map(),
        aliases: new Map(),
        neverInjectSelector: [],
        alwaysInjectSelector: [],
        injectedAnnotations: new Map(),
      });
    },
  );

  it('takes key names in any case', () => {
    const config = parseInjectorConfig('POLICY: disabled\nDefaulttemplates: [a]');
    expect(config.policy).toBe('disabled');
    expect(config.defaultTemplates).toEqual(['a']);
  });

  it('turns scalars into strings where strings are asked for', () => {
    const config = parseInjectorConfig(`
      policy: 5
      templates: {a: 5, b: null, c: yes}
      injectedAnnotations: {version: 1.10, on: true}
      defaultTemplates: [1, null]
    `);
    expect(config.policy).toBe('5');
    expect([...config.templates]).toEqual([
      ['a', '5'],
      ['b', ''],
      ['c', 'true'],
    ]);
    expect([...config.injectedAnnotations]).toEqual([
      ['version', '1.1'],
      ['true', 'true'],
    ]);
    expect(config.defaultTemplates).toEqual(['1', '']);
  });

  it('does not read the trap for old injectors', () => {
    const config = parseInjectorConfig('template: "{{ No_Such_Function }}"\npolicy: enabled');
    expect(config.templates.size).toBe(0);
  });

  it('takes names that JavaScript knows', () => {
    const config = parseInjectorConfig('templates: {__proto__: x, constructor: y}');
    expect([...config.templates.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it.each([
    ['5', 'json: cannot unmarshal number into Go value of type inject.Config'],
    ['[policy]', 'json: cannot unmarshal array into Go value of type inject.Config'],
    [
      'policy: [a]',
      'json: cannot unmarshal array into Go struct field Config.policy of type string',
    ],
    ['templates: x', 'json: cannot unmarshal string into Go struct field Config.templates'],
    ['neverInjectSelector: {}', 'json: cannot unmarshal object into Go struct field Config.never'],
  ])('is refused when it is %j', (text, detail) => {
    const error = refusal(text);
    expect(error.code).toBe('OUTRIGGER_CONFIG');
    expect(error.message.startsWith(shape + detail)).toBe(true);
    expect(error.hint).toBeDefined();
  });

  it('is refused with the place of what is no YAML', () => {
    const error = refusal('policy: enabled\ntemplates: [');
    expect(error.code).toBe('OUTRIGGER_CONFIG');
    expect(error.message).toMatch(
      /^failed to unmarshal injection template: error converting YAML to JSON: yaml: line 2: /,
    );
    expect(error.place.line).toBe(2);
  });
});
