import { type ErrorPlace, OutriggerError } from '../errors.ts';
import type { CliContext } from './context.ts';
import { excerptOf } from './excerpt.ts';

const red = '\u001b[31m';
const dim = '\u001b[2m';
const plain = '\u001b[0m';

/**
 * The text for an error on stderr: what is wrong and where, the line it is about, what to do next.
 * An error that is not ours is a bug of ours; its stack is shown when OUTRIGGER_DEBUG is set.
 */
export function reportError(
  error: unknown,
  { colour, env }: Pick<CliContext, 'colour' | 'env'>,
): string {
  const paint = (code: string, text: string): string => (colour ? `${code}${text}${plain}` : text);
  const heading = paint(red, 'Error:');

  if (!(error instanceof OutriggerError)) {
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error && env.OUTRIGGER_DEBUG ? `\n${error.stack}` : '';
    const hint = env.OUTRIGGER_DEBUG
      ? ''
      : '\nThis is a bug. Set OUTRIGGER_DEBUG=1 to see where it happened.';
    return `${heading} internal error: ${message}${stack}${hint}\n`;
  }

  const lines = [`${heading} ${placePrefix(error.place)}${error.message.trimEnd()}`];
  const excerpt = showLine(error.place);
  if (excerpt !== undefined) lines.push(paint(dim, excerpt));
  if (error.hint !== undefined) lines.push(error.hint);
  return `${lines.join('\n')}\n`;
}

/** `app.yaml:12:7: document 2: `, as far as it is known. */
function placePrefix({ file, document, line, column, path }: ErrorPlace): string {
  const position = [file, line, line === undefined ? undefined : column].filter(
    (part) => part !== undefined,
  );
  const parts = [
    line !== undefined && file === undefined ? `line ${position.join(':')}` : position.join(':'),
    document === undefined ? '' : `document ${document}`,
    path ?? '',
  ];
  return parts
    .filter((part) => part !== '')
    .map((part) => `${part}: `)
    .join('');
}

function showLine({ line, column, lineText }: ErrorPlace): string | undefined {
  return line === undefined || lineText === undefined
    ? undefined
    : excerptOf(line, column, lineText);
}
