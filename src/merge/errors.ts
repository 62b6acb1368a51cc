/** A JSON value that its Go type does not take. `message` is Go's own text. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  /** Where it stands, as `spec.containers[0].image`; empty for the top. */
  readonly path: string;
  constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}

/** Which half of an overlay failed; both are upstream's words. */
export type MergeStage = 'strategic merge' | 'unmarshal patched pod';

/** An overlay that cannot be merged. `message` is `<stage>: <detail>`. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
  readonly stage: MergeStage;
  /** What was wrong, without the stage. */
  readonly detail: string;
  /** Where in the overlay, as `spec.containers[0].image`; empty for the top. */
  readonly path: string;
  constructor(stage: MergeStage, detail: string, path: string) {
    super(`${stage}: ${detail}`);
    this.stage = stage;
    this.detail = detail;
    this.path = path;
  }
}
