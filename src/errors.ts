/**
 * The one catalogue of errors that people see. A code is stable: scripts and dashboards may rely on it.
 * The text may be improved at any time.
 */
export const errorCodes = {
  OUTRIGGER_USAGE: 'the command line is wrong',
  OUTRIGGER_FILE: 'a file cannot be read or written',
  OUTRIGGER_YAML: 'text is not valid YAML or JSON',
  OUTRIGGER_MANIFEST: 'a manifest does not have the shape its kind asks for',
  OUTRIGGER_CONFIG: 'the injector configuration is wrong',
  OUTRIGGER_VALUES: 'the values are wrong',
  OUTRIGGER_MESH: 'the mesh configuration is wrong',
  OUTRIGGER_TEMPLATE: 'a template does not parse or does not run',
  OUTRIGGER_ANNOTATION: 'an annotation has a value that is not allowed',
  OUTRIGGER_OVERLAY: 'a rendered template cannot be merged into the pod',
  OUTRIGGER_POSTPROCESS: 'a step after the templates refused the pod',
  OUTRIGGER_REVIEW: 'an AdmissionReview cannot be understood',
  OUTRIGGER_CLUSTER: 'the cluster cannot be read or written',
  OUTRIGGER_CERTIFICATE: 'a certificate or key cannot be used',
  OUTRIGGER_SERVER: 'a server cannot listen, or cannot be reached',
} as const;

/** A stable error code out of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** Where in the input an error was found; every part is optional, lines and columns count from 1. */
export interface ErrorPlace {
  readonly file?: string;
  readonly document?: number;
  readonly line?: number;
  readonly column?: number;
  /** JSON path such as `spec.containers[0].image`. */
  readonly path?: string;
  /** The text of that line, for showing it. */
  readonly lineText?: string;
}

/** An error that says what was wrong, where it was found, and what to do next. */
export class OutriggerError extends Error {
  override readonly name: string = 'OutriggerError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace;
  /** What the reader can do about it, one sentence. */
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { place?: ErrorPlace; hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place ?? {};
    this.hint = options.hint;
  }
}
