/** The texts that Go's `strconv.ParseBool` takes, and what they mean. */
const texts: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

/** Reads a boolean as Go does; undefined for any other text. */
export function parseBool(text: string): boolean | undefined {
  return texts.get(text);
}
