/**
 * Reviews taken apart as text, so that a pod that was seen before is recognised without being parsed.
 *
 * Where to cut is only a guess, made fast. What proves it is that the rest parses with a placeholder exactly where
 * the part belongs: then any text with the same rest is valid JSON, and says the same but for these parts.
 *
 * Exports: {@link cutReview}, {@link CutReview}, {@link PodText}.
 */
import { tokenVolumePrefix } from '../../inject/token-volume.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { type Envelope, placeholder, readEnvelope } from './review-envelope.ts';

/** The text of a pod, and what replicas of one workload differ by. */
export interface PodText {
  /** Name of the volume with the service account's token, which the question does not show. */
  readonly tokenVolume: string | undefined;
  /** How often the pod names it. */
  readonly timesNamed: number;
  /** The pod without its managed fields; undefined when the text is not what it was taken for. */
  parse(): JsonObject | undefined;
}

/** A review, and the pod in it. */
export interface CutReview {
  /** The review without the object under review. */
  readonly review: Envelope;
  /**
   * All that an answer can depend on. Pods in equal questions are equal but for when somebody wrote to them
   * (`managedFields`), which injection drops, and the name of the volume.
   */
  readonly question: string;
  readonly pod: PodText;
}

/** Stands for what was cut out: JSON text cannot hold this character. */
const cut = '\u0001';

const beforeObject = ',"object":';
const afterObject = ',"oldObject":';
const beforeFields = '"managedFields":[';
const afterFields = ']},"spec":';
const beforeTime = '"time":"';

/**
 * Undefined when the text is not written the way API servers write it, or not a review at all.
 *
 * @param path of the request
 */
export function cutReview(body: string, path: string): CutReview | undefined {
  const start = body.indexOf(`${beforeObject}{`) + beforeObject.length;
  if (start < beforeObject.length) return undefined;
  const oldObject = body.lastIndexOf(afterObject);
  // Some clients end with the object.
  const end = oldObject > start ? oldObject : body.length - 2;
  const review = readEnvelope(body.slice(0, start), body.slice(end));
  const object = body.slice(start, end);
  if (review === undefined || object.includes(cut)) return undefined;
  const timeless = withoutTimes(object);
  const tokenVolume = tokenVolumeIn(timeless);
  const [first = '', ...pieces] =
    tokenVolume === undefined ? [timeless] : timeless.split(tokenVolume);
  const about = JSON.stringify([review.namespace, review.name, path]);
  return {
    review,
    question: [about + first, ...pieces].join(cut),
    pod: { tokenVolume, timesNamed: pieces.length, parse: () => parsePod(timeless) },
  };
}

/** What a time is written with; none of it needs escaping in JSON. */
const plainTime = /^[\w:.+-]{1,64}$/;

/** The pod without when somebody wrote to it. */
function withoutTimes(object: string): string {
  const start = object.indexOf(beforeFields);
  const end = start === -1 ? -1 : object.indexOf(afterFields, start);
  if (end === -1) return object;
  const [first = '', ...rest] = object.slice(start, end).split(beforeTime);
  const fields = [first];
  for (const text of rest) {
    const length = text.indexOf('"');
    if (!plainTime.test(text.slice(0, length))) return object;
    fields.push(cut + text.slice(length));
  }
  return object.slice(0, start) + fields.join(beforeTime) + object.slice(end);
}

const generated = /^[a-z0-9]{5}"/;

function tokenVolumeIn(object: string): string | undefined {
  const start = object.indexOf(tokenVolumePrefix);
  const end = start + tokenVolumePrefix.length;
  return start >= 0 && generated.test(object.slice(end, end + 6))
    ? object.slice(start, end + 5)
    : undefined;
}

/** @param timeless the text with {@link cut} in the place of times */
function parsePod(timeless: string): JsonObject | undefined {
  const cuts = timeless.split(cut).length - 1;
  const pod = parsed(cuts === 0 ? timeless : timeless.replaceAll(cut, placeholder));
  if (!isJsonObject(pod)) return undefined;
  if (cuts === 0) return pod;
  const { metadata } = pod;
  if (!isJsonObject(metadata) || timesCut(metadata['managedFields']) !== cuts) return undefined;
  metadata['managedFields'] = [];
  return pod;
}

function timesCut(fields: JsonValue | undefined): number {
  if (!Array.isArray(fields)) return 0;
  return fields.filter((entry) => isJsonObject(entry) && entry['time'] === placeholder).length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
