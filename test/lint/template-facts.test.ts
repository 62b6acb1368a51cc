import { describe, expect, it } from 'vitest';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { templateFacts } from '../../src/lint/template-facts.ts';

const functions = createTemplateFunctions();

function valuesOf(text: string): string[] {
  return templateFacts('inject', text, functions).values.map(({ path }) => path.join('.'));
}

describe('what a template refers to', () => {
  it.each<[string, string[]]>([
    ['{{ .Values.a.b }}', ['a.b']],
    ['{{ (.Values.a.b).c }}', ['a.b', 'a.b.c']],
    ['{{ with .Values.a }}{{ .b }}{{ end }}', ['a', 'a.b']],
    ['{{ $v := .Values }}{{ $v.a }}', ['a']],
    ['{{ $d := dict "data" . "x" 1 }}{{ $d.data.Values.a }}', ['a']],
    ['{{ define "t" }}{{ .data.Values.a }}{{ end }}{{ template "t" (dict "data" .) }}', ['a']],
    ['{{ index .Values "a" "b" }}', ['a.b']],
    ['{{ get .Values.a "b" }}', ['a', 'a.b']],
    ['{{ or .Values.a .Values.b }}', ['a', 'b']],
    ['{{ with default (dict) .Values.a }}{{ .b }}{{ end }}', ['a', 'a.b']],
    ['{{ if .Values.a }}{{ $.Values.b }}{{ else }}{{ .Values.c }}{{ end }}', ['a', 'b', 'c']],
    ['{{ range $k, $v := .Values.a }}{{ $.Values.b }}{{ $v.c }}{{ end }}', ['a', 'b']],
    ['{{ $x := 1 }}{{ if true }}{{ $x = .Values.a }}{{ end }}{{ $x.b }}', ['a', 'a.b']],
    ['{{ define "r" }}{{ template "r" . }}{{ .Values.a }}{{ end }}{{ template "r" . }}', ['a']],
  ])('finds the values in %s', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it('finds annotations and labels, also those that are looked up in a loop', () => {
    const facts = templateFacts(
      'inject',
      `{{ $notes := .ObjectMeta.Annotations }}{{ index $notes "a" }}{{ isset $notes "b" }}
       {{ annotation .ObjectMeta "c" "" }}
       {{ range list "d" "e" }}{{ if isset $notes . }}{{ end }}{{ end }}
       {{ index .ObjectMeta.Labels "f" }}`,
      functions,
    );
    expect(facts.annotations.map(({ path: [name] }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(facts.labels.map(({ path: [name] }) => name)).toEqual(['f']);
  });

  it.each([
    '{{ .Spec.Containers }}{{ range .Spec.Containers }}{{ .Name }}{{ range .Ports }}{{ .ContainerPort }}{{ end }}{{ end }}',
    '{{ (index .Spec.Containers 0).Image }}{{ (first .Spec.Volumes).EmptyDir }}',
    '{{ .ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates }}{{ .ProxyConfig.InterceptionMode.String }}',
    '{{ .MeshConfig.DefaultConfig.ProxyMetadata.A }}{{ .ObjectMeta.Labels.app }}',
    '{{ $c := fromJSON "{}" }}{{ $c.whatever.it.is }}',
  ])('has nothing against %s', (text) => {
    expect(templateFacts('inject', text, functions).unknownFields).toEqual([]);
  });

  it.each([
    ['{{ .Nope }}', 'inject.SidecarTemplateData Nope'],
    ['{{ .ObjectMeta.Name.Nope }}', 'string Nope'],
    ['{{ range .Spec.Containers }}{{ .image }}{{ end }}', 'v1.Container image'],
    ['{{ .ProxyConfig.GetNope }}', 'v1alpha1.ProxyConfig GetNope'],
  ])('knows that %s cannot be', (text, found) => {
    const facts = templateFacts('inject', text, functions);
    expect(facts.unknownFields.map(({ path }) => path.join(' '))).toEqual([found]);
  });

  it('ends for templates that call each other with ever other data', () => {
    const text =
      '{{ define "a" }}{{ template "a" (dict "x" . "y" 1) }}{{ end }}{{ template "a" . }}';
    expect(templateFacts('inject', text, functions).values).toEqual([]);
  });
});
