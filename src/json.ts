/** Any value that JSON text can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object as `JSON.parse` makes it. Read members with `Object.hasOwn` when keys come from users. */
export interface JsonObject {
  [key: string]: JsonValue;
}

/** True for a JSON object, false for lists, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
