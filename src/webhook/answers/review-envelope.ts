/**
 * What is around the object in a review. Exports: {@link readEnvelope}, {@link Envelope}, {@link placeholder}.
 *
 * API servers write the same there again and again: for the pods of one namespace that one controller makes, only the
 * `uid` of the request differs. So what a text says is remembered, with the `uid` cut out of it.
 */
import { randomUUID } from 'node:crypto';
import { type AdmissionReview, readReview } from '../review/parse-review.ts';

/** A review without the object under review. */
export type Envelope = Omit<AdmissionReview, 'object'>;

/** Stands for what was cut out. Nobody else knows it. */
export const placeholder: string = randomUUID();
/** The same for the `uid`. */
const anyUid = randomUUID();

const beforeUid = '"uid":"';
/** What `uid`s are made of; none of it needs escaping in JSON. */
const plainUid = /^[\w-]{1,64}$/;

const envelopes = new Map<string, Envelope>();
/** Some for each namespace: then all is forgotten, and what still comes is back soon. */
const mostEnvelopes = 1024;
/** Longer ones are read every time. */
const longestEnvelope = 4096;

/**
 * Reads what is around an object.
 *
 * @param before the text up to the object
 * @param after the text that follows it
 * @returns undefined when the object does not belong there, or the whole is not a review at all
 */
export function readEnvelope(before: string, after: string): Envelope | undefined {
  const start = before.indexOf(beforeUid) + beforeUid.length;
  const end = before.indexOf('"', start);
  const uid = before.slice(start, end);
  const isCommon = start >= beforeUid.length && plainUid.test(uid);
  if (!isCommon) return parseEnvelope(`${before}"${placeholder}"${after}`);
  const text = `${before.slice(0, start)}${anyUid}${before.slice(end)}"${placeholder}"${after}`;
  const known = envelopes.get(text) ?? remembered(text);
  return known && { ...known, uid };
}

function remembered(text: string): Envelope | undefined {
  const envelope = parseEnvelope(text);
  // The first `uid` need not be the one of the request.
  if (envelope?.uid !== anyUid) return undefined;
  if (text.length > longestEnvelope) return envelope;
  if (envelopes.size >= mostEnvelopes) envelopes.clear();
  envelopes.set(text, envelope);
  return envelope;
}

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const { object, ...envelope } = readReview(JSON.parse(text));
    return object === placeholder ? envelope : undefined;
  } catch {
    return undefined;
  }
}
