import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call, render } from './call.ts';

describe('regular expressions', () => {
  it.each([
    [
      '{{ regexMatch "^a.c$" "abc" }} {{ regexMatch "a$" "a\\n" }} {{ regexMatch "(" "x" }}',
      'true false false',
    ],
    ['{{ regexFind "b+" "abbc" }}|{{ regexFind "x" "abc" }}', 'bb|'],
    [
      '{{ regexFindAll "a." "abacad" 2 }} {{ regexFindAll "a" "aaa" 0 }} {{ regexFindAll "z*" "aza" -1 | len }}',
      '[ab ac] [] 3',
    ],
    ['{{ regexReplaceAll "(?P<x>b)(c)?" "abbc" "<$x$\u007b2}$$>" }}', 'a<b$><bc$>'],
    ['{{ regexReplaceAll "b" "abc" "$b$9$00$" }}', 'a$c'],
    ['{{ regexReplaceAll "" "😀a" "-" }}', '-😀-a-'],
    ['{{ regexReplaceAllLiteral "b" "abc" "$0" }}', 'a$0c'],
    [
      '{{ regexSplit "," "a,b,c" -1 }} {{ regexSplit "," "a,b,c" 2 }} {{ regexSplit "" "ab" -1 }} {{ regexSplit "x" "" -1 | len }}',
      '[a b c] [a b,c] [a b] 1',
    ],
    [
      '{{ regexFind "(?i:B)." "aBc" }} {{ regexFind "\\\\pL+" "1é2" }} {{ regexFind "[[:digit:]]" "a7" }}',
      'Bc é 7',
    ],
    ['{{ regexQuoteMeta "a.b*[c]\\\\" }}', 'a\\.b\\*\\[c\\]\\\\'],
    [
      '{{ mustRegexFind "a(?!b)" "a" }}',
      'error: mustRegexFind: error parsing regexp: invalid or unsupported Perl syntax: `(?!`',
    ],
    [
      '{{ regexFind "(?<=a)b" "ab" }}',
      'error: regexFind: regexp: Compile(`(?<=a)b`): error parsing regexp: invalid named capture: `(?<=a)b`',
    ],
    [
      '{{ mustRegexMatch "a\\\\" "a" }}',
      'error: mustRegexMatch: error parsing regexp: trailing backslash at end of expression: ``',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it('take linear time where a backtracking engine would hang', () => {
    expect(render('{{ regexMatch "^(a+)+$" . }}', `${'a'.repeat(50_000)}b`)).toBe('false');
    expect(render('{{ regexMatch "(x?){50}x{50}" . }}', 'x'.repeat(50))).toBe('true');
  });

  it('refuse searches that would look at a long text again and again', () => {
    expect(render('{{ regexFindAll "a+" . -1 | len }}', 'a '.repeat(10_000))).toContain(
      'too many matches',
    );
    expect(render('{{ regexFindAll "a" . -1 | len }}', 'a'.repeat(20_000))).toBe('20000');
    expect(render('{{ regexMatch . "a" }}', 'a'.repeat(20_000))).toBe('false');
  });

  it('quote whatever text so that it matches itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(call('mustRegexMatch', `^${call('regexQuoteMeta', text)}$`, text)).toBe(true);
      }),
    );
  });
});

describe('semantic versions', () => {
  it.each([
    ['>=1.2, <2', '1.9.9', true],
    ['>=1.2 <2', '2.0.0', false],
    ['1.2 || 3', 'v3.4', true],
    ['1.2 - 2.1', '2.1.0', true],
    ['~1.2', '1.2.9', true],
    ['~>1.2.3', '1.3.0', false],
    ['^0.1.2', '0.1.9', true],
    ['^0.1.2', '0.2.0', false],
    ['^0.0.1', '0.0.2', false],
    ['1.x.3', '1.9.0', true],
    ['!=1.x', '1.1.0', false],
    ['>1', '1.9.0', false],
    ['>1', '2.0.0', true],
    ['<=1', '1.9.0', true],
    ['*', '9.9.9', true],
    ['>*', '0.0.0', false],
    ['<=*', '0.0.7', true],
    ['^*', '0.0.7', false],
    ['>=1.0', '1.1.0-rc.1', false],
    ['>=1.0-0', '1.1.0-rc.1', true],
    ['=1.0.0+x', '1.0.0+y', true],
    ['>1.0.0-alpha.2', '1.0.0-alpha.10', true],
    ['>1.0.0-alpha.10', '1.0.0-alpha.beta', true],
  ])('%s holds for %s: %s', (constraint, version, result) => {
    expect(call('semverCompare', constraint, version)).toBe(result);
  });

  it.each([
    ['{{ semverCompare "" "1" }}', 'semverCompare: improper constraint: ""'],
    ['{{ semverCompare ">>1" "1" }}', 'semverCompare: improper constraint: ">>1"'],
    ['{{ semverCompare "1 || x.y" "1" }}', 'semverCompare: improper constraint: "1 || x.y"'],
    ['{{ semverCompare "1" "1.2.3.4" }}', 'semverCompare: invalid semantic version'],
    ['{{ semver "1.0.0-01" }}', 'semver: invalid semantic version'],
  ])('%s fails', (template, problem) => {
    expect(render(template)).toBe(`error: ${problem}`);
  });

  it('are values with methods', () => {
    expect(
      render(
        '{{ $v := semver "v1.2.3-rc.1+b7" }}{{ $v }} {{ $v.Minor }} {{ $v.Prerelease }} {{ $v.Metadata }} {{ $v.Original }} {{ $v.IncPatch }} {{ $v.IncMajor }} {{ $v.LessThan (semver "1.2.3") }} {{ $v.Compare $v }} {{ toJson $v }}',
      ),
    ).toBe('1.2.3-rc.1+b7 2 rc.1 b7 v1.2.3-rc.1+b7 1.2.3 2.0.0 true 0 "1.2.3-rc.1+b7"');
  });

  it('compare as numbers', () => {
    const part = fc.nat(20);
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (a, b) => {
        const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
        expect(call('semverCompare', `>${b.join('.')}`, a.join('.'))).toBe(order > 0);
        expect(call('semverCompare', `<=${b.join('.')}`, a.join('.'))).toBe(order <= 0);
      }),
    );
  });
});

describe('URLs', () => {
  it('come apart', () => {
    expect(render('{{ urlParse "HTTP://u:p%40@[::1]:80/a%2Fb?q=%20#f%C3%A9" }}')).toBe(
      'map[fragment:fé host:[::1]:80 hostname:::1 opaque: path:/a/b query:q=%20 scheme:http userinfo:u:p%40]',
    );
  });

  it.each([
    ['http://h:x/', 'parse "http://h:x/": invalid port ":x" after host'],
    ['%zz', 'parse "%zz": invalid URL escape "%zz"'],
    ['a:b', undefined],
    ['1a:b', 'parse "1a:b": first path segment in URL cannot contain colon'],
    [':x', 'parse ":x": missing protocol scheme'],
    ['http://a b/', 'parse "http://a b/": invalid character " " in host name'],
    ['/\u0001', 'parse "/\\x01": net/url: invalid control character in URL'],
  ])('%j', (text, problem) => {
    const output = render('{{ urlParse . }}', text);
    if (problem === undefined) expect(output).toContain('opaque:b');
    else expect(output).toBe(`error: urlParse: unable to parse url: ${problem}`);
  });

  it.each([
    [
      '(dict "scheme" "https" "host" "h" "path" "a b" "query" "x=1" "fragment" "f f")',
      'https://h/a%20b?x=1#f%20f',
    ],
    ['(dict "path" "a:b")', './a:b'],
    ['(dict "scheme" "mailto" "opaque" "a@b")', 'mailto:a@b'],
    [
      '(dict "host" "h" "userinfo" "u:p w")',
      'error: urlJoin: unable to parse userinfo in dict: parse "proto://u:p w@host": net/url: invalid userinfo',
    ],
    [
      '(dict "host" (list))',
      'error: urlJoin: unable to parse host key, must be of type string, but slice found',
    ],
  ])('urlJoin %s', (source, output) => {
    expect(render(`{{ urlJoin ${source} }}`)).toBe(output);
  });

  it('come together as they were', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,5}$/);
    fc.assert(
      fc.property(word, word, fc.array(word), word, (scheme, host, path, query) => {
        const url = `x${scheme}://${host}:80/${path.join('/')}?${query}#${host}`;
        expect(call('urlJoin', call('urlParse', url))).toBe(url);
      }),
    );
  });
});
