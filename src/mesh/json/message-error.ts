/** JSON that does not fit its message. `detail` is upstream's text, `path` says where. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly detail: string;
  /** JSON path from the message, such as `tracing.zipkin.address`; empty for the message itself. */
  readonly path: string;
  constructor(detail: string, path: string) {
    // Upstream gives no path, and without it nobody finds the member in a long text.
    super(path === '' ? detail : `${detail} (at ${path})`);
    this.detail = detail;
    this.path = path;
  }
}
