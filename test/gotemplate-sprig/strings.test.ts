import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoInt, intType } from '../../src/gotemplate/index.ts';
import { byteLength, fromBytes, toBytes } from '../../src/gotemplate/value/utf8.ts';
import { call, render } from './call.ts';

const int = (value: number) => new GoInt(intType, value);

describe('text functions', () => {
  it.each([
    ['{{ trim "\\u00a0 x y\\u0085" }}', 'x y'],
    ['{{ trimAll "xy" "xyaxby" }}', 'axb'],
    ['{{ trimPrefix "ab" "ababc" }} {{ trimSuffix "" "abc" }}', 'abc abc'],
    ['{{ upper "straße" }} {{ lower "İΣ" }} {{ upper "ᾳ" }}', 'STRAßE iσ ᾼ'],
    ['{{ title "it\'s a_b é" }}', "It'S A_b É"],
    ['{{ untitle "Ab CD" }}', 'ab cD'],
    ['{{ swapcase "aB ǆ ǅ" }}', 'Ab ǅ ǆ'],
    ['{{ quote "a\\"b" 1 nil true }}', '"a\\"b" "1" "true"'],
    ['{{ squote "it" nil 2.5 }}', "'it' '2.5'"],
    ['{{ cat "a" nil 1 "" }}|', 'a 1 |'],
    ['{{ repeat 2 "ab" }}{{ repeat 0 "x" }}', 'abab'],
    ['{{ replace "" "." "ab" }} {{ replace "a" "$&" "aba" }}', '.a.b. $&b$&'],
    ['{{ indent 2 "a\\n\\nb" }}', '  a\n  \n  b'],
    ['{{ nindent 1 "a" }}', '\n a'],
    ['{{ plural "one" "many" 1 }} {{ plural "one" "many" -1 }}', 'one many'],
    ['{{ join "-" (list "a" nil 1) }} {{ join "-" "ab" }}', 'a-1 ab'],
    ['{{ (split "," "a,b")._1 }} {{ splitn "," 2 "a,b,c" }}', 'b map[_0:a _1:b,c]'],
    ['{{ splitList "" "é😀" }}', '[é 😀]'],
    ['{{ nospace "a b" }} {{ nospace "é" }} {{ nospace "é b" }}', 'ab é Ã©b'],
    ['{{ initials "ab cd\\te" }}', 'ace'],
    ['{{ hasPrefix "a" "ab" }} {{ hasSuffix "a" "ab" }} {{ contains "" "" }}', 'true false true'],
    ['{{ hello }}', 'Hello!'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it.each([
    ['{{ trunc 3 "abcd" }} {{ trunc -2 "abcd" }} {{ trunc -9 "ab" }}', 'abc cd ab'],
    ['{{ substr 1 3 "abcd" }} {{ substr 2 -1 "abcd" }} {{ substr -1 2 "abcd" }}', 'bc cd ab'],
    ['{{ substr 3 2 "abcd" }}', 'error: substr: runtime error: slice bounds out of range [3:2]'],
    [
      '{{ substr -1 9 "abcd" }}',
      'error: substr: runtime error: slice bounds out of range [:9] with length 4',
    ],
    ['{{ abbrev 6 "abcdefgh" }} {{ abbrev 3 "abcdefgh" }}', 'abc... abcdefgh'],
    ['{{ abbrevboth 6 9 "abcdefghijklmnop" }}', '...ghi...'],
    ['{{ wrap 6 "ab cd efghijkl m" }}', 'ab cd\nefghijkl\nm'],
    ['{{ wrapWith 3 "/" "abcd e" }}', 'abc/d e'],
  ])('counts bytes: %s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it('joins the bytes of a cut character again', () => {
    expect(render('{{ trunc 1 "é" }}{{ trunc -1 "é" }}')).toBe('é');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, at) => {
        const cut = Math.min(at, byteLength(text));
        const [head, tail] = [
          call('trunc', int(cut), text),
          call('substr', int(cut), int(-1), text),
        ];
        expect(fromBytes(toBytes(`${head}${tail}`))).toBe(text);
      }),
    );
  });

  it.each([
    ['FooBar', 'foo_bar'],
    ['XMLHttpRequest', 'xml_http_request'],
    ['version2', 'version2'],
    ['version2beta', 'version_2beta'],
    ['Version2Beta', 'version2_beta'],
    ['a.b-C', 'a.b_c'],
    ['  x', '__x'],
    ['9Lives', '9_lives'],
  ])('snakecase %s', (text, snake) => {
    expect(call('snakecase', text)).toBe(snake);
    expect(call('kebabcase', text)).toBe(snake.replaceAll('_', '-'));
  });

  it.each([
    ['foo_bar', 'FooBar'],
    ['--foo--bar-', '--Foo-Bar-'],
    ['ABC_DEF', 'AbcDef'],
    ['_', '__'],
    ['fooBAR', 'FooBAR'],
  ])('camelcase %s', (text, camel) => {
    expect(call('camelcase', text)).toBe(camel);
  });

  it('never makes texts without bounds', () => {
    expect(render('{{ repeat 1000000000 "abc" }}')).toContain('would be longer than');
    expect(render('{{ indent 1000000000 "abc" }}')).toContain('would be longer than');
    expect(render('{{ nindent -1 "abc" }}')).toBe('error: nindent: strings: negative Repeat count');
    expect(render('{{ until 2000000000 }}')).toContain('would have more than');
  });
});

describe('encodings and checksums', () => {
  it.each([
    ['{{ b64enc "é" }} {{ b64dec "w6k=" }}', 'w6k= é'],
    ['{{ b64dec "AA!=" }}', 'illegal base64 data at input byte 2'],
    ['{{ b64dec "AAAAA" }}', 'illegal base64 data at input byte 4'],
    ['{{ b64dec "AA=" }}', 'illegal base64 data at input byte 3'],
    ['{{ b64dec "AA==A" }}', 'illegal base64 data at input byte 4'],
    ['{{ b32enc "hi" }} {{ b32dec "NBUQ====" }}', 'NBUQ==== hi'],
    ['{{ b32dec "NBU" }}', 'illegal base32 data at input byte 0'],
    ['{{ b32dec "n" }}', 'illegal base32 data at input byte 0'],
    [
      '{{ sha256sum "" | trunc 8 }} {{ sha1sum "" | trunc 8 }} {{ sha512sum "" | trunc 8 }}',
      'e3b0c442 da39a3ee cf83e135',
    ],
    ['{{ adler32sum "Wikipedia" }}', '300286872'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it('decode what they encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(call('b64dec', call('b64enc', text))).toBe(text);
        expect(call('b32dec', call('b32enc', text))).toBe(text);
      }),
    );
  });
});

describe('paths', () => {
  it.each([
    ['{{ clean "/a/./b/../../c/" }} {{ clean "a/../.." }} {{ clean "/.." }}', '/c .. /'],
    ['{{ base "/a/b/" }} {{ base "///" }} {{ base "" }}', 'b / .'],
    ['{{ dir "/a/b" }} {{ dir "/a" }} {{ dir "a/b/" }}', '/a / a/b'],
    ['{{ ext "/a.b/c" }}|{{ ext "c.tar.gz" }}|{{ osExt ".x" }}', '|.gz|.x'],
    ['{{ isAbs "/" }} {{ osIsAbs "" }}', 'true false'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('the environment', () => {
  const env = new Map([
    ['HOME', '/root'],
    ['A_1', 'x'],
  ]);

  it('is what was given, and empty by default', () => {
    expect(render('{{ env "HOME" }}|{{ env "USER" }}', {}, { env })).toBe('/root|');
    expect(render('{{ env "HOME" }}|{{ env "PATH" }}')).toBe('|');
  });

  it('is put into text as a shell would', () => {
    const t = ['$A_1', '$\u007bHOME}', '$NO', '$$1', '$.', '$\u007b}', '$\u007bx'].join(' ');
    expect(render('{{ expandenv .t }}', { t }, { env })).toBe('x /root  1 $.  x');
  });

  it('takes linear time for text full of open braces', () => {
    expect(render('{{ expandenv .t | len }}', { t: '${'.repeat(200_000) }, { env })).toBe('0');
  });
});

describe('functions that this injector leaves out', () => {
  it.each([
    'genPrivateKey "rsa"',
    'bcrypt "x"',
    'getHostByName "localhost"',
    'uuidv4',
    'randInt 1 2',
  ])('{{ %s }} parses and fails only when it is called', (source) => {
    const name = source.split(' ')[0];
    expect(render(`{{ if false }}{{ ${source} }}{{ end }}ok`)).toBe('ok');
    expect(render(`{{ ${source} }}`)).toBe(
      `error: ${name}: ${name} is not supported by this injector`,
    );
  });

  it('go by the source of chance that they are given', () => {
    const random = () => 0.5;
    expect(
      render('{{ randNumeric 3 }} {{ randInt 10 20 }} {{ shuffle "ab" | len }}', {}, { random }),
    ).toBe('555 15 2');
    expect(render('{{ uuidv4 }}', {}, { random })).toBe('80808080-8080-4080-8080-808080808080');
    expect(render('{{ randInt 5 5 }}', {}, { random })).toBe(
      'error: randInt: invalid argument to Intn',
    );
  });
});
