import type { PodParts } from './pod-parts.ts';

/** The levels of the Pod Security Standards that forbid something; each stricter one includes the other. */
export const podSecurityLevels = ['baseline', 'restricted'] as const;

/** One of {@link podSecurityLevels}. */
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** Something in a pod that a level does not allow. */
export interface Violation {
  /** The rule, named as in the Pod Security Standards. */
  readonly rule: string;
  /** The container; undefined for the pod as a whole. */
  readonly container: string | undefined;
  /** What is wrong and what would be right. */
  readonly message: string;
  /** Members and list places on the way to it, in the pod; where something is missing, to what lacks it. */
  readonly path: readonly (string | number)[];
}

/** One rule of the standards. */
export interface SecurityRule {
  readonly name: string;
  readonly check: (pod: PodParts) => Iterable<Omit<Violation, 'rule'>>;
}
