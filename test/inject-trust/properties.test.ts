import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { note, paste, proxyOf, readNote, shapeOf, withField } from './paste.ts';

/** Text made of what means something to YAML, to JSON and to Go, and of the stuff around it. */
const nastyText = fc
  .array(
    fc.constantFrom(
      ...['"', "'", '\n', '\r', '\t', ' ', '\\', '#', ' #', '&a', '*a', '!', '|', '>', '%', '@'],
      ...[
        '`',
        '{',
        '}',
        '[',
        ']',
        ',',
        ': ',
        ':',
        '?',
        '- ',
        '-',
        '---',
        '...',
        '<<',
        '~',
        '$',
        '=',
      ],
      ...['\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\0', '\x7f', 'é', '㐀', '㑤', '😀'],
      ...['x', 'stdin: true', 'null', '1', '.5', '\n    tty: true', '\n      ', '\n', '\\n', '\\"'],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const careless = [
  `{{ ${readNote} }}`,
  `"{{ ${readNote} }}"`,
  `'{{ ${readNote} }}'`,
  `--flag={{ ${readNote} }}-x`,
  `a\n    command: [b, {{ ${readNote} }}]`,
  `a\n    command: ["{{ ${readNote} }}", '{{ ${readNote} }}']`,
  `|\n      {{ ${readNote} }}\n      x`,
  `"{{ ${readNote} | quote }}"`,
  `'{{ ${readNote} | toJson }}'`,
];

/** A way to paste, and what a reader of the pod finds in the end; undefined: something made from the text. */
type Careful = readonly [yaml: string, read?: (text: string) => string];

/** Ways that keep any text whole. */
const careful: readonly Careful[] = [
  [`{{ ${readNote} | quote }}`, (text) => text],
  [`{{ printf "--flag=%s-" (${readNote}) | quote }}`, (text) => `--flag=${text}-`],
  [`{{ printf "%q" (${readNote}) }}`, (text) => text],
  [`{{ list "a" (${readNote}) | join "," | quote }}`, (text) => `a,${text}`],
  [`{{ dict "a" (${readNote}) | toJson | quote }}`],
  [`{{ ${readNote} | splitList "," | join ";" | quote }}`, (text) => text.replaceAll(',', ';')],
  [`{{ ${readNote} | replace ":" "=" | quote }}`, (text) => text.replaceAll(':', '=')],
  [`{{ ${readNote} | b64enc | quote }}`],
  [`{{ ${readNote} | b64enc | b64dec | quote }}`, (text) => text],
  [`{{ ${readNote} | sha256sum | trunc 8 | quote }}`],
  [`{{ ${readNote} | trunc 5 | quote }}`],
  [`{{ ${readNote} | trim | upper | quote }}`],
  [`{{ regexReplaceAll "[^a-z]" (${readNote}) "_" | quote }}`],
  [`"{{ len (${readNote}) }}"`],
  [`{{ if contains ": " (${readNote}) }}a{{ else }}b{{ end }}`],
];

/** Ways that keep it whole unless it holds characters that YAML does not take, or breaks lines at. */
const carefulButForControls: readonly Careful[] = [
  [`{{ ${readNote} | toJson }}`, (text) => text],
  [`{{ ${readNote} | toRawJson }}`, (text) => text],
  [`|-\n      {{ dict "a" (${readNote}) | toJson }}`],
  [`{{ dict "a" (${readNote}) | toJson | fromJSON | toYaml | quote }}`],
];
const controls = /[\u007f\u0085\u2028\u2029\ufeff]/g;

describe('untrusted text', () => {
  it('never changes the structure of an overlay, however carelessly it is pasted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...careless), nastyText, (yaml, text) => {
        fc.pre(text !== '');
        const template = withField(yaml);
        const proxy = proxyOf(paste(template, { annotations: { [note]: text } }));
        if (proxy === undefined) return;
        const harmless = proxyOf(paste(template, { annotations: { [note]: 'x' } }));
        // An empty or null text is dropped from the pod.
        expect(shapeOf({ workingDir: 'x', ...proxy })).toEqual(shapeOf(harmless));
      }),
      { numRuns: 1000 },
    );
  });

  it('is kept whole, and never refused, where a template quotes it', () => {
    const pasted = fc.oneof(
      fc.tuple(fc.constantFrom(...careful), nastyText),
      fc.tuple(
        fc.constantFrom(...carefulButForControls),
        nastyText.map((text) => text.replaceAll(controls, '')),
      ),
    );
    fc.assert(
      fc.property(pasted, ([[yaml, read], text]) => {
        const result = paste(withField(yaml), { annotations: { [note]: text } });
        expect(result.outcome === 'failed' ? result.error.message : '').toBe('');
        if (read !== undefined) expect(proxyOf(result)?.['workingDir'] ?? '').toBe(read(text));
      }),
      { numRuns: 1000 },
    );
  });
});
