import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatingFunctions, sprig } from '../../src/gotemplate/sprig/index.ts';
import { call, render } from './call.ts';

describe('dictionary functions', () => {
  it.each([
    ['{{ dict "a" 1 2 "b" "odd" }}', 'map[2:b a:1 odd:]'],
    [
      '{{ get (dict "a" nil) "a" }}|{{ get (dict) "a" }}|{{ hasKey (dict "a" nil) "a" }}',
      '<no value>||true',
    ],
    ['{{ $d := dict "a" 1 }}{{ $e := set $d "b" 2 }}{{ $_ := unset $d "a" }}{{ $e }}', 'map[b:2]'],
    ['{{ keys (dict "b" 1 "a" 2) (dict "c" 3) }} {{ values (dict "b" 1 "a" 2) }}', '[a b c] [2 1]'],
    [
      '{{ pick (dict "a" 1 "b" 2) "b" "z" }} {{ omit (dict "a" 1 "b" 2) "b" }}',
      'map[b:2] map[a:1]',
    ],
    ['{{ pluck "a" (dict "a" 1) (dict) (dict "a" nil) }}', '[1 <nil>]'],
    [
      '{{ dig "a" "b" 0 (dict "a" (dict "b" "deep")) }} {{ dig "x" "y" "none" (dict) }}',
      'deep none',
    ],
    ['{{ dig "a" 1 }}', 'error: dig: dig needs at least three arguments'],
    [
      '{{ dig "a" "b" 0 (dict "a" (list)) }}',
      'error: dig: interface conversion: interface {} is []interface {}, not map[string]interface {}',
    ],
    ['{{ set nil "a" 1 }}', 'error: set: assignment to entry in nil map'],
    [
      '{{ merge (dict "a" 1 "e" "" "n" nil) (dict "a" 2 "e" "E" "n" 1 "x" nil) }}',
      'map[a:1 e:E n:1]',
    ],
    [
      '{{ merge (dict "m" (dict "a" 1)) (dict "m" (dict "a" 2 "b" 3)) (dict "c" 4) }}',
      'map[c:4 m:map[a:1 b:3]]',
    ],
    [
      '{{ mergeOverwrite (dict "a" 1 "m" (dict "x" 1)) (dict "a" nil "m" (dict)) }}',
      'map[a:<nil> m:map[x:1]]',
    ],
    ['{{ merge nil (dict "a" 1) }}', 'map[a:1]'],
    [
      '{{ $s := split "," "a,b" }}{{ mergeOverwrite (dict "m" $s) (dict "m" (split "," "x")) }} {{ $s }}',
      'map[m:map[_0:x _1:b]] map[_0:a _1:b]',
    ],
    ['{{ merge (dict "m" (dict "_0" 1)) (dict "m" (split "," "a,b")) }}', 'map[m:map[_0:1 _1:b]]'],
    [
      '{{ merge (dict "m" (split "," "a")) (dict "m" (dict "x" 1)) }}',
      'error: merge: reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string',
    ],
    [
      '{{ $a := dict "n" (dict) }}{{ $b := deepCopy $a }}{{ $_ := set $b.n "x" 1 }}{{ $a }} {{ $b }}',
      'map[n:map[]] map[n:map[x:1]]',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it('stops at maps that contain themselves', () => {
    expect(
      render('{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $_ := merge $d $d }}{{ len $d }}'),
    ).toBe('1');
    expect(
      render(
        '{{ $a := dict }}{{ $b := dict "a" $a }}{{ $_ := set $a "b" $b }}{{ $_ := merge (dict "a" (dict "b" (dict "a" (dict "b" (dict))))) $b }}ok',
      ),
    ).toBe('ok');
    expect(render('{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toJson $d }}|')).toBe('|');
  });

  it('treats __proto__ and constructor as keys like others', () => {
    expect(
      render('{{ $d := dict "__proto__" 1 "constructor" 2 }}{{ $d }} {{ get $d "toString" }}'),
    ).toBe('map[__proto__:1 constructor:2] ');
    expect(
      render('{{ set . "__proto__" (dict "polluted" true) | keys }} {{ (dict).polluted }}', {
        a: 1,
      }),
    ).toBe('[__proto__ a] <no value>');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(render('{{ merge (dict) .m }}', { m: JSON.parse('{"__proto__":{"x":1}}') })).toBe(
      'map[__proto__:map[x:1]]',
    );
  });

  const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
  const { tree } = fc.letrec<{ tree: unknown; map: Record<string, unknown> }>((tie) => ({
    map: fc.array(fc.tuple(key, tie('tree'))).map((entries) => Object.fromEntries(entries)),
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, '', 0, 1, 'x', false),
      fc.array(fc.nat(2)),
      tie('map'),
    ),
  }));
  const map = fc
    .array(fc.tuple(key, tree))
    .map((entries) => Object.fromEntries(entries) as Record<string, unknown>);

  it('obeys the laws of merging', () => {
    fc.assert(
      fc.property(map, map, (a, b) => {
        const before = structuredClone(b);
        const merged = call('merge', structuredClone(a), b) as Record<string, unknown>;
        expect(b).toEqual(before);
        // Nothing that is not null gets lost, and merging the same again changes nothing.
        for (const name of Object.keys(b)) {
          if (Object.getOwnPropertyDescriptor(b, name)?.value !== null)
            expect(Object.keys(merged)).toContain(name);
        }
        expect(call('merge', structuredClone(merged), b)).toEqual(merged);
        expect(call('mergeOverwrite', structuredClone(a), a)).toEqual(a);
        expect(Object.keys(call('mergeOverwrite', {}, a, b) as object).sort()).toEqual(
          [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(),
        );
      }),
    );
  });

  it('obeys the laws of picking and copying', () => {
    fc.assert(
      fc.property(map, fc.array(key), (a, names) => {
        const picked = call('pick', a, ...names) as object;
        const omitted = call('omit', a, ...names) as object;
        expect(Object.keys(picked).length + Object.keys(omitted).length).toBe(
          Object.keys(a).length,
        );
        expect(call('mergeOverwrite', picked, omitted)).toEqual(a);
        const copy = call('deepCopy', a);
        expect(copy).toEqual(a);
        expect(call('deepEqual', copy, a)).toBe(true);
      }),
    );
  });

  it('names the functions that change maps in place', () => {
    for (const name of mutatingFunctions) expect(Object.hasOwn(sprig, name)).toBe(true);
  });
});

describe('defaults, tests and types', () => {
  it.each([
    [
      '{{ default "d" "" }} {{ default "d" 0 }} {{ default "d" "x" }} {{ default "d" .no }}',
      'd d x d',
    ],
    ['{{ empty (list) }} {{ empty "0" }} {{ empty nil }}', 'true false true'],
    ['{{ coalesce nil 0 "a" }} {{ coalesce "" }}', 'a <no value>'],
    ['{{ all 1 "" }} {{ all }} {{ any 0 1 }} {{ any }}', 'false true true false'],
    ['{{ ternary 1 2 true }} {{ ternary 1 2 false }}', '1 2'],
    ['{{ fail "no good" }}', 'error: fail: no good'],
    [
      '{{ typeOf (split "," "") }} {{ typeOf nil }} {{ kindOf nil }} {{ kindOf (now) }}',
      'map[string]string <nil> invalid struct',
    ],
    [
      '{{ typeIs "int" 1 }} {{ kindIs "map" (dict) }} {{ typeIsLike "semver.Version" (semver "1") }}',
      'true true true',
    ],
    [
      '{{ deepEqual (dict "a" (list 1)) (dict "a" (list 1)) }} {{ deepEqual 1 1.0 }} {{ deepEqual nil nil }}',
      'true false true',
    ],
    [
      '{{ deepEqual (rest (list)) (list) }} {{ deepEqual (splitList "," "a") (list "a") }}',
      'false false',
    ],
    [
      '{{ toJson (dict "a" "<") }} {{ toRawJson "<" }} {{ toPrettyJson (list 1) }}',
      '{"a":"\\u003c"} "<" [\n  1\n]',
    ],
    ['{{ fromJson "[1" }} {{ (fromJson "{\\"a\\":[true]}").a }}', '<no value> [true]'],
    ['{{ mustFromJson "[1" }}', 'error: mustFromJson: unexpected end of JSON input'],
    [
      '{{ toJson (float64 "nan") }}|{{ mustToJson (float64 "inf") }}',
      'error: mustToJson: json: unsupported value: +Inf',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
