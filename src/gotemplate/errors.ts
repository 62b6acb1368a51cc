import { goQuote } from './fmt/go-quote.ts';

/** Where a template text is wrong. */
export interface TemplatePlace {
  /** The top-level name under which the text was parsed. */
  readonly templateName: string;
  /** Counts from 1. */
  readonly line: number;
  /** Bytes from the start of the line, counts from 0, as Go reports it. */
  readonly column: number;
}

/** A template text that does not follow the grammar. The message is the one that Go gives. */
export class TemplateParseError extends Error {
  override readonly name = 'TemplateParseError';
  readonly templateName: string;
  /** Line of the token that was scanned last, from 1: it may be one token past the culprit. */
  readonly line: number;
  /** Byte column of that token, from 0. Go does not report it; it is not in the message. */
  readonly column: number;
  /** The message without `template: NAME:LINE: `. */
  readonly reason: string;

  constructor(place: TemplatePlace, reason: string) {
    super(`template: ${place.templateName}:${place.line}: ${reason}`);
    this.templateName = place.templateName;
    this.line = place.line;
    this.column = place.column;
    this.reason = reason;
  }
}

/** What was running when a template failed. */
export interface ExecutionPlace extends TemplatePlace {
  /** Name of the template that was running; differs from `templateName` inside a define. */
  readonly running: string;
  /** The current node, written back as source. */
  readonly context: string;
}

/** A template that failed while it ran. The message is the one that Go gives. */
export class TemplateExecError extends Error {
  override readonly name = 'TemplateExecError';
  readonly templateName: string;
  /** Counts from 1. */
  readonly line: number;
  /** Bytes from the start of the line, counts from 0. */
  readonly column: number;
  readonly running: string;
  readonly context: string;
  /** The message without what says where. */
  readonly reason: string;

  constructor(place: ExecutionPlace, reason: string, options?: { cause?: unknown }) {
    const { templateName, line, column, running, context } = place;
    const where = `${templateName}:${line}:${column}: executing ${goQuote(running)}`;
    super(`template: ${where} at <${context}>: ${reason}`, options);
    this.templateName = templateName;
    this.line = line;
    this.column = column;
    this.running = running;
    this.context = context;
    this.reason = reason;
  }
}
