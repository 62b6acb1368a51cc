import { describe, expect, test } from 'vitest';
import { createLogger, type LogFormat } from '../../src/log/logger.ts';

function logTo(format: LogFormat, isTTY: boolean, colour = false) {
  const lines: string[] = [];
  const stream = { isTTY, write: (line: string) => lines.push(line) };
  return { lines, logger: createLogger({ level: 'info', format, stream, colour }) };
}

describe('the logger', () => {
  test('writes JSON with level, time and sentence unless a person reads along', () => {
    for (const [format, isTTY] of [
      ['json', true],
      ['auto', false],
    ] as const) {
      const { lines, logger } = logTo(format, isTTY);
      logger.info({ reason: 'label-true' }, 'pod injected');
      expect(JSON.parse(lines[0] ?? '')).toEqual({
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        reason: 'label-true',
        msg: 'pod injected',
      });
    }
  });

  test('writes lines for people on a terminal, or when it is told to', () => {
    for (const [format, isTTY] of [
      ['pretty', false],
      ['auto', true],
    ] as const) {
      const { lines, logger } = logTo(format, isTTY);
      logger.warn({ workload: 'Deployment/web', count: 2, list: ['a'] }, 'pod injected');
      expect(lines).toEqual([
        expect.stringMatching(
          /^\d\d:\d\d:\d\d\.\d{3} WARN {2}pod injected {2}workload=Deployment\/web count=2 list=\["a"\]\n$/,
        ),
      ]);
    }
  });

  test('quotes texts that would mislead: blanks, quotes, line feeds, control characters', () => {
    const { lines, logger } = logTo('pretty', true);
    logger.info({ a: 'two words', b: 'x\nERROR forged', c: '\u001b[31m', d: '' }, 'sentence');
    expect(lines[0]).toContain('a="two words" b="x\\nERROR forged" c="\\u001b[31m" d=""\n');
  });

  test('puts a stack on lines of its own', () => {
    const { lines, logger } = logTo('pretty', true);
    logger.error({ stack: 'Error: x\n    at y' }, 'sentence');
    expect(lines[0]).toMatch(/sentence\nError: x\n {4}at y\n$/);
  });

  test('colours only when it may', () => {
    const control = '\u001b[';
    const plain = logTo('pretty', true);
    plain.logger.info('x');
    expect(plain.lines[0]).not.toContain(control);
    const coloured = logTo('pretty', true, true);
    coloured.logger.info('x');
    expect(coloured.lines[0]).toContain(control);
  });

  test('keeps quiet below its level', () => {
    const { lines, logger } = logTo('json', false);
    logger.debug('x');
    expect(lines).toEqual([]);
  });
});
