/**
 * Where a part of the configuration comes from. Exports: {@link Source}, {@link Reading},
 * {@link InjectorTexts}, {@link SourceText}, {@link placeText}.
 */
import { createHash } from 'node:crypto';
import type { ErrorPlace, OutriggerError } from '../errors.ts';
import type { PreparedTexts } from '../inject/config/prepared-texts.ts';

/** Something that a part of the configuration is read from and that may change at any time. */
export interface Source<T> {
  /** For people: the files, or the ConfigMap. */
  readonly description: string;
  /** What there is at the moment. Cheap: nothing is fetched. */
  read(): Reading<T>;
  /** @param changed called whenever {@link read} may give something else than before */
  listen(changed: () => void): void;
  stop(): Promise<void>;
}

/** What a source has to say. */
export type Reading<T> =
  /** Not known yet, or not there yet. The reason completes "waiting for …". */
  | { readonly state: 'waiting'; readonly reason: string }
  /** There, but not as it should be, or gone after it was there. */
  | { readonly state: 'wrong'; readonly error: OutriggerError }
  | { readonly state: 'there'; readonly value: T };

/** A text of the configuration. */
export interface SourceText {
  readonly text: string;
  /** Adds to an error about the text where in the source it was found. */
  readonly blame: (error: unknown) => unknown;
  /** For a text that is built in. */
  readonly prepared?: PreparedTexts | undefined;
}

/** Both keys of ConfigMap `istio-sidecar-injector`; they are used together or not at all. */
export interface InjectorTexts {
  readonly config: SourceText;
  readonly values: SourceText;
}

/**
 * Identifies a configuration: SHA-256 over its texts, in hexadecimal. The same texts give the same hash wherever
 * they come from.
 */
export function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Where an error is, such as `config.yaml:12:3` or `ConfigMap istio-system/istio, key mesh`; may be empty. */
export function placeText({ file, line, column }: ErrorPlace): string {
  return [file, line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
}
