import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationText, parseDuration } from '../../src/gotemplate/sprig/duration.ts';
import { render } from './call.ts';

const now = () => new Date('2024-03-10T12:30:45.250Z');
const at = (template: string, data?: unknown) => render(template, data, { now });

describe('dates', () => {
  it('go by the clock that they are given', () => {
    expect(at('{{ now }} {{ typeOf now }} {{ now | unixEpoch }}')).toBe(
      '2024-03-10 12:30:45.25 +0000 UTC time.Time 1710073845',
    );
    expect(at('{{ date "2006" . }} {{ date "15:04" "0" }} {{ htmlDate nil }}', 0)).toBe(
      '2024 12:30 2024-03-10',
    );
    expect(at('{{ ago 1710073000 }} {{ now | date "2006" }}')).toBe('14m5s 2024');
  });

  it.each([
    ['2006-01-02T15:04:05Z07:00', '1970-01-01T00:00:00Z'],
    ['Mon Monday Jan January', 'Thu Thursday Jan January'],
    ['1/2/06 3:4:5 pm PM', '1/1/70 12:0:0 am AM'],
    ['_2 __2 002', ' 1   1 001'],
    ['Janet Month', 'Janet Month'],
    ['.000 .999 ,00', '.000  ,00'],
    ['-0700 -07:00 -07 Z0700 MST', '+0000 +00:00 +00 Z UTC'],
  ])('print by the layout %s', (layout, output) => {
    expect(render('{{ date . 0 }}', layout)).toBe(output);
  });

  it('know zones and their summer time; others are UTC', () => {
    expect(
      at(
        '{{ dateInZone "15:04 MST -07:00" 1720000000 "Europe/Berlin" }} {{ date_in_zone "15:04" 0 "Mars/X" }} {{ htmlDateInZone 0 "Pacific/Honolulu" }}',
      ),
    ).toBe('11:46 CEST +02:00 00:00 1969-12-31');
    expect(at('{{ dateInZone "15:04" 0 "+05:00" }}')).toBe('00:00');
  });

  it.each([
    ['2006-01-02', '2024-02-29', '2024-02-29 00:00:00 +0000 UTC'],
    ['Jan _2 06 3:04PM', 'mar  5 99 1:05PM', '1999-03-05 13:05:00 +0000 UTC'],
    ['2006-01-02T15:04:05Z07:00', '2024-01-01T01:00:00+02:00', '2024-01-01 01:00:00 +0200 +0200'],
    ['15:04:05', '23:59:59.5', '0000-01-01 23:59:59.5 +0000 UTC'],
    ['2006 002', '2023 365', '2023-12-31 00:00:00 +0000 UTC'],
  ])('read by the layout %s', (layout, text, output) => {
    expect(at('{{ toDate .l .t }}', { l: layout, t: text })).toBe(output);
  });

  it.each([
    ['2006-01-02', '2023-02-29', ': day out of range'],
    ['2006-01-02', '2023-13-01', ': month out of range'],
    ['15:04', '24:00', ': hour out of range'],
    ['2006', '2023x', ': extra text: \\"x\\"'.replaceAll('\\', '')],
    ['2006-01', '2023/01', ' as "2006-01": cannot parse "/01" as "-"'],
    ['Jan', 'Foo', ' as "Jan": cannot parse "Foo" as "Jan"'],
  ])('refuse %s for %s', (layout, text, problem) => {
    expect(at('{{ mustToDate .l .t }}', { l: layout, t: text })).toBe(
      `error: mustToDate: parsing time "${text}"${problem}`,
    );
    expect(at('{{ toDate .l .t }}', { l: layout, t: text })).toBe('0001-01-01 00:00:00 +0000 UTC');
  });

  it('have methods', () => {
    expect(
      at(
        '{{ $t := now }}{{ $t.Year }} {{ $t.Month }} {{ $t.Weekday }} {{ $t.YearDay }} {{ $t.UnixMilli }} {{ ($t.AddDate 0 1 -9).Format "01-02" }} {{ $t.Before ($t.AddDate 1 0 0) }} {{ ($t.AddDate 0 0 1).Sub $t }}',
      ),
    ).toBe('2024 March Sunday 70 1710073845250 04-01 true 24h0m0s');
  });

  it('are written as JSON', () => {
    expect(at('{{ toJson (dict "t" now) }}')).toBe('{"t":"2024-03-10T12:30:45.25Z"}');
  });
});

describe('durations', () => {
  it.each([
    [
      '{{ duration "3661" }} {{ duration "x" }} {{ duration (int64 -90) }} {{ duration 90 }}',
      '1h1m1s 0s -1m30s 0s',
    ],
    [
      '{{ durationRound "25h" }} {{ durationRound "60s" }} {{ durationRound "61s" }} {{ durationRound "9000h" }}',
      '1d 60s 1m 1y',
    ],
    [
      '{{ dateModify "-1h30m" now | date "15:04" }} {{ dateModify "x" now | date "15:04" }}',
      '11:00 12:30',
    ],
    [
      '{{ mustDateModify "1x" now }}',
      'error: mustDateModify: time: unknown unit "x" in duration "1x"',
    ],
    ['{{ mustDateModify "1" now }}', 'error: mustDateModify: time: missing unit in duration "1"'],
    ['{{ mustDateModify "." now }}', 'error: mustDateModify: time: invalid duration "."'],
  ])('%s', (template, output) => {
    expect(at(template)).toBe(output);
  });

  it('read back what they print', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (nanos) => {
        expect(parseDuration(durationText(nanos))).toBe(nanos);
      }),
    );
  });
});
