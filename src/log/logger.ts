import { type DestinationStream, type Logger, pino } from 'pino';
import { isoTimes } from './iso-time.ts';
import { readableLines } from './readable-lines.ts';

/** How much is logged; `silent` nothing at all. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** `json` for machines, `pretty` for people, `auto` for whoever is at the other end. */
export const logFormats = ['json', 'pretty', 'auto'] as const;
export type LogFormat = (typeof logFormats)[number];

/** Where log lines go, such as `process.stdout`. */
export interface LogStream {
  readonly isTTY?: boolean | undefined;
  /** Present where the stream is a file descriptor of the process. */
  readonly fd?: number | undefined;
  write(text: string): unknown;
}

/**
 * Makes the logger of a long-running command. JSON lines have `level` as a word, `time` in RFC 3339 and the
 * sentence in `msg`.
 *
 * @param options.colour whether readable lines may be coloured
 */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly stream: LogStream;
  readonly colour?: boolean;
}): Logger {
  const { level, format, stream } = options;
  const pretty = format === 'pretty' || (format === 'auto' && stream.isTTY === true);
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: isoTimes(Date.now),
    },
    pretty ? readableLines(stream, options.colour ?? false) : rawLines(stream),
  );
}

/** Past Node's stream machinery where that can be: pino writes to a file descriptor faster on its own. */
function rawLines(stream: LogStream): DestinationStream {
  return stream.fd === undefined ? stream : pino.destination({ fd: stream.fd, sync: true });
}
