/**
 * Protobuf types in a notation of our own, one text a message. Members stand in declaration order, which is
 * the order of written JSON:
 *
 * - `name type` is a member by its JSON name, members are separated by `;`
 * - `name=proto_name type` where the name in the .proto file does not follow from the JSON name
 * - `oneof_name: a T | b U` are the members of a oneof
 * - types are `string bool int32 uint32 int64 double`, `Duration`, `Struct`, `Value` (the well-known ones),
 *   `?bool` for a wrapper (here `google.protobuf.BoolValue`), `[]T` for a list, `{}T` for a map from string,
 *   and names of messages or enums, looked up from the inside out as protoc does
 *
 * An enum's text lists its names; numbers count up from 0 unless `NAME=n` says otherwise.
 */
export interface TypeTable {
  /** What the names of the table are relative to. */
  readonly package: string;
  /** How .proto names follow from JSON names: `proxyAdminPort` is `proxy_admin_port`, or the same. */
  readonly protoNames?: 'snake_case' | 'same';
  readonly messages: { readonly [name: string]: string };
  readonly enums: { readonly [name: string]: string };
}
