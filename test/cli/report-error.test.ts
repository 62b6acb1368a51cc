import { expect, test } from 'vitest';
import { wantsColour } from '../../src/cli/context.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { OutriggerError } from '../../src/errors.ts';

const plain = { colour: false, env: {} };

test('an error shows its place, its line with a mark below the column, and what to do', () => {
  const error = new OutriggerError('OUTRIGGER_YAML', 'no such thing', {
    place: { file: 'a.yaml', document: 2, line: 12, column: 4, lineText: '\t\ta: b' },
    hint: 'Try another one.',
  });
  expect(reportError(error, plain)).toBe(
    'Error: a.yaml:12:4: document 2: no such thing\n   12 | \t\ta: b\n      | \t\t ^\nTry another one.\n',
  );
});

test('a place without a file, a line or a text shows what there is', () => {
  const report = (place: OutriggerError['place']): string =>
    reportError(new OutriggerError('OUTRIGGER_YAML', 'oh', { place }), plain);
  expect(report({})).toBe('Error: oh\n');
  expect(report({ line: 3 })).toBe('Error: line 3: oh\n');
  expect(report({ file: 'f', path: 'a.b' })).toBe('Error: f: a.b: oh\n');
  expect(report({ file: 'f', line: 1, column: 9, lineText: 'abc' })).toBe(
    'Error: f:1:9: oh\n    1 | abc\n',
  );
});

test('an error that is not ours is called a bug, and shows its stack on demand', () => {
  const bug = new TypeError('x is not a function');
  expect(reportError(bug, plain)).toContain('internal error: x is not a function\nThis is a bug.');
  expect(reportError(bug, { colour: false, env: { OUTRIGGER_DEBUG: '1' } })).toContain(
    'report-error.test',
  );
});

test('colours are for terminals, unless the environment says otherwise', () => {
  expect(wantsColour({ isTTY: true }, {})).toBe(true);
  expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(wantsColour({}, {})).toBe(false);
  expect(wantsColour({}, { FORCE_COLOR: '1' })).toBe(true);
  expect(
    reportError(new OutriggerError('OUTRIGGER_FILE', 'oh'), { colour: true, env: {} }),
  ).toContain('\u001b[31mError:');
});
