import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { ReviewError } from './review-error.ts';

/** The versions of AdmissionReview that are understood; an answer has the version of its question. */
export type ReviewVersion = 'admission.k8s.io/v1' | 'admission.k8s.io/v1beta1';

/** What a review asks, without the parts that injection does not look at. */
export interface AdmissionReview {
  readonly apiVersion: ReviewVersion;
  /** Empty when the sender gave none, as `istioctl kube-inject` does. */
  readonly uid: string;
  readonly namespace: string;
  /** Empty for a pod whose name the API server has yet to make up. */
  readonly name: string;
  readonly operation: string;
  readonly dryRun: boolean;
  /** The object under review, unchecked; undefined when there is none. */
  readonly object: JsonValue | undefined;
}

/**
 * Reads an AdmissionReview. Members that injection does not need are not looked at, so that a pod without
 * `apiVersion`, a request without uid or operation and unheard-of members all pass.
 *
 * @param text the body of the request
 * @throws ReviewError with reason `not-json`, `not-a-review` or `no-request`
 */
export function parseReview(text: string): AdmissionReview {
  return readReview(parseJson(text));
}

/**
 * The same for a review that has been parsed.
 *
 * @throws ReviewError with reason `not-a-review` or `no-request`
 */
export function readReview(review: unknown): AdmissionReview {
  if (!isJsonObject(review)) {
    throw new ReviewError('not-a-review', `an AdmissionReview is expected, got ${typeOf(review)}`);
  }
  const apiVersion = reviewVersion(review);
  const request = review['request'];
  if (request === undefined || request === null) {
    throw new ReviewError(
      'no-request',
      'the AdmissionReview has no request: nothing to review',
      'request',
    );
  }
  if (!isJsonObject(request)) throw wrongType('request', 'an object', request);
  return {
    apiVersion,
    uid: optionalString(request, 'uid'),
    namespace: optionalString(request, 'namespace'),
    name: optionalString(request, 'name'),
    operation: optionalString(request, 'operation'),
    dryRun: optionalBoolean(request, 'dryRun'),
    // Go decodes an embedded null as no object at all.
    object: request['object'] ?? undefined,
  };
}

/** The pod of a review. @throws ReviewError with reason `no-pod` */
export function podOf(review: AdmissionReview): JsonObject {
  if (review.object === undefined) {
    throw new ReviewError(
      'no-pod',
      'the request has no object: a pod is expected',
      'request.object',
    );
  }
  if (!isJsonObject(review.object)) {
    throw new ReviewError(
      'no-pod',
      `request.object must be a pod, got ${typeOf(review.object)}`,
      'request.object',
    );
  }
  return review.object;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's own message quotes the text, and a pod may hold secrets.
    const position =
      error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
    const where = position === undefined ? '' : ` (${position})`;
    throw new ReviewError('not-json', `the body is not valid JSON${where}`);
  }
}

function reviewVersion(review: JsonObject): ReviewVersion {
  const { kind, apiVersion } = review;
  if (typeof kind !== 'string' || kind === '') {
    throw new ReviewError(
      'not-a-review',
      "the object has no 'kind': an AdmissionReview is expected",
    );
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    throw new ReviewError(
      'not-a-review',
      "the object has no 'apiVersion': admission.k8s.io/v1 is expected",
    );
  }
  if (
    kind !== 'AdmissionReview' ||
    (apiVersion !== 'admission.k8s.io/v1' && apiVersion !== 'admission.k8s.io/v1beta1')
  ) {
    throw new ReviewError(
      'not-a-review',
      `unsupported type: kind ${quoted(kind)}, version ${quoted(apiVersion)}; ` +
        'an AdmissionReview of admission.k8s.io/v1 or admission.k8s.io/v1beta1 is expected',
    );
  }
  return apiVersion;
}

/** Names of kinds are short; whatever else comes in their place is cut, so that answers stay small. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);
}

function optionalString(request: JsonObject, member: string): string {
  const value = request[member] ?? '';
  if (typeof value !== 'string') throw wrongType(`request.${member}`, 'a string', value);
  return value;
}

function optionalBoolean(request: JsonObject, member: string): boolean {
  const value = request[member] ?? false;
  if (typeof value !== 'boolean') throw wrongType(`request.${member}`, 'a boolean', value);
  return value;
}

function wrongType(path: string, wanted: string, value: unknown): ReviewError {
  return new ReviewError('not-a-review', `${path} must be ${wanted}, got ${typeOf(value)}`, path);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
