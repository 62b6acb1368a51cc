/**
 * Reviews taken apart as text, so that a pod that was seen before is recognised without being parsed.
 *
 * Where to cut is only a guess, made fast. What proves it is that the rest parses with the placeholder exactly
 * where the part belongs: then the whole is valid JSON as long as the part is, and says the same.
 *
 * Exports: {@link cutReview}, {@link CutReview}, {@link PodText}.
 */
import { randomUUID } from 'node:crypto';
import { tokenVolumePrefix } from '../../inject/token-volume.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { type AdmissionReview, readReview } from '../review/parse-review.ts';

/** The text of a pod without what replicas of one workload differ by. */
export interface PodText {
  /** Pods of equal text are equal but for `managedFields`, which injection drops, and the name of the volume. */
  readonly text: string;
  /** Name of the volume with the service account's token, which {@link text} does not show. */
  readonly tokenVolume: string | undefined;
  /** How often the pod names it. */
  readonly timesNamed: number;
  /** The pod; undefined when the text is not what it was taken for. */
  parse(): JsonObject | undefined;
}

/** A review, and the pod in it. */
export interface CutReview {
  /** The review without the object under review. */
  readonly review: Omit<AdmissionReview, 'object'>;
  readonly pod: PodText;
}

/** Stands for what was cut out. Nobody else knows it. */
const placeholder = randomUUID();
/** Stands for the name of the volume: JSON text cannot hold this character. */
const unnamed = '\u0001';

const beforeObject = ',"object":';
const afterObject = ',"oldObject":';
const beforeFields = '"managedFields":';
const afterFields = '},"spec":';

/** Undefined when the text is not written the way API servers write it, or not a review at all. */
export function cutReview(body: string): CutReview | undefined {
  const start = body.indexOf(`${beforeObject}{`) + beforeObject.length;
  if (start < beforeObject.length) return undefined;
  const oldObject = body.lastIndexOf(afterObject);
  // Some clients end with the object.
  const end = oldObject > start ? oldObject : body.length - 2;
  const review = readEnvelope(`${body.slice(0, start)}"${placeholder}"${body.slice(end)}`);
  const pod = review && podText(body.slice(start, end));
  return pod && { review, pod };
}

function readEnvelope(text: string): AdmissionReview | undefined {
  try {
    const review = readReview(JSON.parse(text));
    return review.object === placeholder ? review : undefined;
  } catch {
    return undefined;
  }
}

function podText(object: string): PodText | undefined {
  if (object.includes(unnamed)) return undefined;
  const whole = withoutFields(object) ?? object;
  const tokenVolume = tokenVolumeIn(whole);
  const pieces = tokenVolume === undefined ? [whole] : whole.split(tokenVolume);
  return {
    text: pieces.length === 1 ? whole : pieces.join(unnamed),
    tokenVolume,
    timesNamed: pieces.length - 1,
    parse() {
      const pod = parsed(whole);
      if (!isJsonObject(pod)) return undefined;
      if (whole === object) return pod;
      const { metadata } = pod;
      if (!isJsonObject(metadata) || metadata['managedFields'] !== placeholder) return undefined;
      metadata['managedFields'] = [];
      return pod;
    },
  };
}

/** The pod without who wrote which field and when; undefined when there is no such thing. */
function withoutFields(object: string): string | undefined {
  const start = object.indexOf(`${beforeFields}[`) + beforeFields.length;
  const end = start < beforeFields.length ? -1 : object.indexOf(`]${afterFields}`, start) + 1;
  if (end <= 0 || parsed(object.slice(start, end)) === undefined) return undefined;
  return `${object.slice(0, start)}"${placeholder}"${object.slice(end)}`;
}

const generated = /^[a-z0-9]{5}"/;

function tokenVolumeIn(object: string): string | undefined {
  const start = object.indexOf(tokenVolumePrefix);
  const end = start + tokenVolumePrefix.length;
  return start >= 0 && generated.test(object.slice(end, end + 6))
    ? object.slice(start, end + 5)
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
