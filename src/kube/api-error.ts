import { OutriggerError } from '../errors.ts';

/** Something that the API server refused, or that kept it from being reached. */
export class ApiError extends OutriggerError {
  override readonly name = 'ApiError';
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** The API server's own word for it, such as `Forbidden`; empty when it said nothing. */
  readonly reason: string;
  /** How long the API server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    details: {
      readonly status?: number | undefined;
      readonly reason?: string;
      readonly retryAfterMs?: number | undefined;
      readonly hint?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    const { hint, cause } = details;
    super('OUTRIGGER_CLUSTER', message, {
      ...(hint !== undefined && { hint }),
      ...(cause !== undefined && { cause }),
    });
    this.status = details.status;
    this.reason = details.reason ?? '';
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The error behind an answer that is not a success, out of the Status object that comes with it. */
export function refusedRequest(answer: {
  readonly what: string;
  readonly status: number;
  /** Parsed body, whatever it is. */
  readonly body: unknown;
  readonly retryAfter?: string | undefined;
}): ApiError {
  const { what, status } = answer;
  const { message, reason } = readStatus(answer.body);
  const said = message === '' ? `HTTP ${status}` : message;
  const seconds = Number(answer.retryAfter);
  return new ApiError(`${what}: ${said}`, {
    status,
    reason,
    hint: statusHints[status],
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
  });
}

function readStatus(body: unknown): { message: string; reason: string } {
  const { message, reason } = (body ?? {}) as { message?: unknown; reason?: unknown };
  return {
    message: typeof message === 'string' ? message : '',
    reason: typeof reason === 'string' ? reason : '',
  };
}

const statusHints: { readonly [status: number]: string } = {
  401: 'The credentials are missing, wrong or expired; try the same with kubectl.',
  403: 'Grant this user, or the ServiceAccount of the pod, the right that the message names.',
};

/** The error behind a request that got no answer at all. */
export function unreachable(what: string, url: string, cause: unknown): ApiError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const [reason, hint] = networkReasons[code] ?? [message || String(cause), undefined];
  return new ApiError(`${what}: the API server at ${url} cannot be reached: ${reason}`, {
    hint,
    cause,
  });
}

const otherAuthority =
  'Use the certificate authority of this cluster; the kubeconfig may belong to another one.';

const networkReasons: { readonly [code: string]: readonly [reason: string, hint?: string] } = {
  ECONNREFUSED: ['nothing listens there', 'It may be restarting; else check the address.'],
  ECONNRESET: ['the connection was cut'],
  ETIMEDOUT: ['no answer in time', 'Check that no firewall or NetworkPolicy is in the way.'],
  EHOSTUNREACH: ['no route to the host', 'Check the network, and the address.'],
  ENETUNREACH: ['no route to the network', 'Check the network, and the address.'],
  ENOTFOUND: ['the name is unknown', 'Check the address, and the DNS of this machine.'],
  EAI_AGAIN: ['the name cannot be looked up now', 'Check the DNS of this machine.'],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'Check the clock of both machines.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is of another authority', otherAuthority],
  SELF_SIGNED_CERT_IN_CHAIN: ['its certificate is of another authority', otherAuthority],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its certificate is of another authority', otherAuthority],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its certificate is of another authority', otherAuthority],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'Use a name that is in the certificate, or tls-server-name in the kubeconfig.',
  ],
};
