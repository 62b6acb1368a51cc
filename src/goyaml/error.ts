import { OutriggerError } from '../errors.ts';

/**
 * Text that go-yaml would refuse. The message reads as Go's does (`yaml: line 3: did not find expected
 * key`); `place` has line and column, both from 1. Unlike go-yaml, the line is named on line 1, too.
 */
export class GoYamlError extends OutriggerError {
  override readonly name = 'GoYamlError';

  constructor(problem: string, text: string, offset: number) {
    const { line, column } = placeOf(text, offset);
    super('OUTRIGGER_YAML', `yaml: line ${line}: ${problem}`, {
      place: { line, column },
      hint: hints[problem] ?? `look at line ${line}, column ${column} of the YAML text`,
    });
  }
}

/** Advice for the mistakes that people make most often. */
const hints: Readonly<Record<string, string>> = {
  'found character that cannot start any token':
    'indent with blanks instead of tabs, and quote values that start with @, % or a backquote',
  'mapping values are not allowed in this context':
    'quote a value that holds ": ", and line up the keys of a mapping',
  'did not find expected key': 'line up the keys of the mapping and close every quote and bracket',
  "could not find expected ':'": 'put ": " after the key, or quote the text if it is a value',
  "did not find expected '-' indicator": 'line up the dashes of the list',
};

function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: Math.min(offset, text.length) - lineStart + 1 };
}
