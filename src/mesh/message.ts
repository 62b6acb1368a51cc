/**
 * Protobuf messages as immutable plain objects, keyed by lowerCamel JSON name.
 *
 * The form is canonical: a member that holds the zero value of a field without presence (`""`, 0, false,
 * the first enum value, an empty list or map) is simply not there. What is there, is set. So "written as
 * JSON and read again" is the identity, and laying one message over another needs no text in between.
 *
 * | protobuf                   | here                                              |
 * | -------------------------- | ------------------------------------------------- |
 * | string, bool, double       | `string`, `boolean`, `number`                     |
 * | int32, uint32              | `number`                                          |
 * | int64                      | `number`, `bigint` beyond 2^53                    |
 * | enum                       | its `number`, also when the enum has no such name |
 * | `google.protobuf.Duration` | {@link Duration}                                  |
 * | `google.protobuf.*Value`   | the bare value                                    |
 * | map                        | object without prototype                          |
 * | oneof                      | at most one of its members, present even if zero  |
 */
export type Message = { readonly [field: string]: unknown };

/** `google.protobuf.Duration`: whole seconds and the rest in nanoseconds, both of the same sign. */
export interface Duration {
  readonly seconds: number;
  readonly nanos: number;
}

/** A protobuf `map<string, string>`. */
export type StringMap = { readonly [key: string]: string };
