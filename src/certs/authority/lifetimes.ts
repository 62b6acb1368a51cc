import { OutriggerError } from '../../errors.ts';
import { day, minute } from '../clock.ts';

/** How long certificates last, in milliseconds. */
export interface Lifetimes {
  /** Of a certificate authority. */
  readonly authority: number;
  /** Of a serving certificate. */
  readonly certificate: number;
  /** How long a new authority is in the bundle, at the least, before it signs anything. */
  readonly overlap: number;
}

/**
 * Serving certificates are only in memory, so that renewing one costs nothing; and an authority that was
 * followed by another is not trusted for longer than they last.
 */
export const defaultLifetimes: Lifetimes = {
  authority: 730 * day,
  certificate: 7 * day,
  overlap: 10 * minute,
};

/**
 * Checks that lifetimes leave room for a rotation: the new authority comes when a third of the old one's time
 * is left, and certificates must be able to live out their time.
 *
 * @throws OutriggerError `OUTRIGGER_USAGE`
 */
export function checkLifetimes(lifetimes: Lifetimes): void {
  if (lifetimes.certificate * 4 > lifetimes.authority) {
    throw new OutriggerError(
      'OUTRIGGER_USAGE',
      'a serving certificate may last for at most a quarter of the time of its certificate authority',
      { hint: 'Make --cert-lifetime shorter or --ca-lifetime longer.' },
    );
  }
  if (lifetimes.overlap * 12 > lifetimes.authority) {
    throw new OutriggerError(
      'OUTRIGGER_USAGE',
      'the overlap may be at most a twelfth of the time of a certificate authority',
      { hint: 'Make --ca-overlap shorter or --ca-lifetime longer.' },
    );
  }
}

/** When a third of an authority's time is left, the next one comes into the bundle. */
export function introduceBefore({ authority }: Lifetimes): number {
  return authority / 3;
}

/** When a sixth is left, the next one takes over even when nobody could tell that it is known everywhere. */
export function insistBefore({ authority }: Lifetimes): number {
  return authority / 6;
}

/** A serving certificate is renewed when a third of its time is left. */
export function renewBefore({ certificate }: Lifetimes): number {
  return certificate / 3;
}
