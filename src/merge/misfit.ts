import type { JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';
import { DecodeError } from './errors.ts';
import { jsonKind } from './json-kind.ts';
import { goFieldPath, jsonPath, type PathStep } from './json-path.ts';

/**
 * A value that does not fit its type, thrown where that shows. Where it stands is added on the way up, so that
 * decoding need not keep it in mind.
 */
export class Misfit extends Error {
  readonly #value: JsonValue;
  readonly #expected: string | undefined;
  readonly #steps: PathStep[] = [];
  #owner: StructSchema | undefined;

  /**
   * @param expected the Go type
   * @param message of a type that reads its own text
   */
  constructor(value: JsonValue, expected: string | undefined, message?: string) {
    super(message);
    this.#value = value;
    this.#expected = expected;
  }

  /** Adds the step that leads to the value. @param owner the struct that the step is taken in, if it is one */
  under(step: PathStep, owner?: StructSchema): this {
    this.#steps.unshift(step);
    this.#owner ??= owner;
    return this;
  }

  /** The error as Go words it. */
  toError(): DecodeError {
    const path = jsonPath(this.#steps);
    return new DecodeError(
      this.#expected === undefined ? this.message : this.#mismatch(this.#expected),
      path,
    );
  }

  #mismatch(expected: string): string {
    const value = this.#value;
    // Go tells the number only when a number was wanted.
    const isNumber = typeof value === 'number' && /^int\d+$/.test(expected);
    const what = isNumber ? `number ${value}` : jsonKind(value);
    const struct = this.#owner?.goName;
    const target =
      struct === undefined
        ? 'Go value'
        : `Go struct field ${struct.slice(struct.indexOf('.') + 1)}.${goFieldPath(this.#steps)}`;
    return `json: cannot unmarshal ${what} into ${target} of type ${expected}`;
  }
}
