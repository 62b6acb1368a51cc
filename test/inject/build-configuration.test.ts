import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { stringType } from '../../src/gotemplate/index.ts';
import {
  buildConfiguration,
  type ConfigurationSources,
} from '../../src/inject/config/build-configuration.ts';
import { compileTemplates } from '../../src/inject/config/compile-templates.ts';
import { offlineConfiguration } from '../../src/inject/config/offline-configuration.ts';
import { defaultMeshConfig } from '../../src/mesh/index.ts';

const functions = { twice: { in: [stringType], call: (text: string) => text + text } };

const sources: ConfigurationSources = {
  hash: 'h1',
  config: 'policy: enabled\ntemplates: {sidecar: "{{ twice .x }}"}',
  values: 'global: {hub: h}',
  functions,
  mesh: defaultMeshConfig(),
  revision: '',
  nativeSidecars: true,
  compliancePolicy: '',
  platform: '',
  trust: { environment: new Map() },
};

function refusal(make: () => unknown): OutriggerError {
  try {
    make();
  } catch (error) {
    if (error instanceof OutriggerError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

function compile(templates: Record<string, string>, known: typeof functions | object = {}) {
  return compileTemplates({ templates: new Map(Object.entries(templates)) }, { ...known });
}

describe('the templates of a configuration', () => {
  it('are parsed once and can run', () => {
    const templates = compile({ a: '{{ twice .x }}' }, functions);
    expect(templates.get('a')?.execute({ x: 'ho' })).toBe('hoho');
  });

  it('do not share what they define', () => {
    const templates = compile({
      a: '{{ define "part" }}A{{ end }}{{ template "part" }}',
      b: '{{ define "part" }}B{{ end }}{{ template "part" }}',
      c: '{{ template "part" }}',
    });
    expect(templates.get('a')?.execute({})).toBe('A');
    expect(templates.get('b')?.execute({})).toBe('B');
    expect(() => templates.get('c')?.execute({})).toThrow('template "part" not defined');
  });

  it('are refused together with the name of the one that is wrong', () => {
    const error = refusal(() => compile({ good: 'x', bad: 'one\n{{ thrice .x }}' }, functions));
    expect(error.code).toBe('OUTRIGGER_TEMPLATE');
    expect(error.message).toBe('template "bad": template: inject:2: function "thrice" not defined');
    expect(error.place).toEqual({ path: 'templates.bad', line: 2 });
    expect(error.hint).toContain('another version');
  });

  it('are refused for their grammar', () => {
    const error = refusal(() => compile({ t: '{{ if }}{{ end }}' }));
    expect(error.message).toBe('template "t": template: inject:1: missing value for if');
    expect(error.hint).toContain('line 1');
  });

  it('may be none', () => {
    expect(compile({}).size).toBe(0);
  });
});

describe('a configuration', () => {
  it('is built whole', () => {
    const configuration = buildConfiguration(sources);
    expect(configuration).toMatchObject({
      hash: 'h1',
      nativeSidecars: true,
      config: { policy: 'enabled', defaultTemplates: ['sidecar'] },
      decision: { policy: 'enabled', neverInject: [], alwaysInject: [] },
      values: { typed: { hub: 'h' }, map: { global: { hub: 'h' } } },
    });
    expect(configuration.templates.get('sidecar')?.execute({ x: 'a' })).toBe('aa');
    expect(configuration).not.toHaveProperty('functions');
  });

  it.each<[Partial<ConfigurationSources>, string]>([
    [{ config: '[' }, 'OUTRIGGER_CONFIG'],
    [{ config: 'templates: {a: "{{"}', values: 'global: 5' }, 'OUTRIGGER_TEMPLATE'],
    [{ values: 'global: 5' }, 'OUTRIGGER_VALUES'],
  ])('is refused with %j as %s', (part, code) => {
    expect(refusal(() => buildConfiguration({ ...sources, ...part })).code).toBe(code);
  });
});

describe('a configuration for offline use', () => {
  const whole = buildConfiguration({
    ...sources,
    config: `
      policy: disabled
      defaultTemplates: [other]
      templates: {sidecar: a, other: b}
      aliases: {all: [sidecar, other]}
      neverInjectSelector: [{matchLabels: {a: b}}]
      injectedAnnotations: {x: why}
    `,
    platform: 'openshift',
    revision: 'default',
  });

  it('leaves policy, selectors and platform out of account, and nothing else', () => {
    expect(offlineConfiguration(whole)).toMatchObject({
      config: {
        policy: 'enabled',
        defaultTemplates: ['other'],
        templates: whole.config.templates,
        aliases: new Map([['all', ['sidecar', 'other']]]),
        neverInjectSelector: [],
        injectedAnnotations: new Map([['x', 'why']]),
      },
      templates: whole.templates,
      decision: { policy: 'enabled', neverInject: [] },
      platform: '',
      revision: '',
      values: whole.values,
    });
  });

  it('keeps the name of a revision other than the default one', () => {
    expect(offlineConfiguration({ ...whole, revision: 'canary' }).revision).toBe('canary');
  });
});
