import { styleText } from 'node:util';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { LogStream } from './logger.ts';

/**
 * A stream that turns the logger's JSON lines into lines for people, such as
 * `12:04:31.250 INFO  pod injected  workload=Deployment/web namespace=shop milliseconds=1.2`.
 * Times are local; a stack follows on lines of its own.
 */
export function readableLines(to: LogStream, colour: boolean): LogStream {
  return {
    write(line) {
      to.write(readable(line, colour));
    },
  };
}

function readable(line: string, colour: boolean): string {
  const entry = parse(line);
  if (entry === undefined) return line;
  const { level, time, msg, stack, ...fields } = entry;
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const name = String(level ?? 'info');
  const parts = [
    paint('dim', clock(time)),
    paint(colours[name] ?? 'white', name.toUpperCase().padEnd(5)),
    String(msg ?? ''),
  ];
  const pairs = Object.entries(fields).map(
    ([key, value]) => `${paint('dim', `${key}=`)}${text(value)}`,
  );
  const details = pairs.length === 0 ? '' : `  ${pairs.join(' ')}`;
  const trace = typeof stack === 'string' ? `\n${paint('dim', stack)}` : '';
  return `${parts.join(' ')}${details}${trace}\n`;
}

const colours: { readonly [level: string]: Parameters<typeof styleText>[0] } = {
  debug: 'blue',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'red',
};

function parse(line: string): JsonObject | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isJsonObject(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function clock(time: unknown): string {
  const date = new Date(typeof time === 'string' || typeof time === 'number' ? time : Number.NaN);
  if (Number.isNaN(date.getTime())) return '--:--:--.---';
  const two = (number: number) => String(number).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** Plain where it can be; quoted where a blank, a quote or a control character would mislead. */
function text(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[^\s"'=\p{Cc}]+$/u.test(value) ? value : JSON.stringify(value);
}
