import type { JsonValue } from '../json.ts';

/** What came of looking at one thing. */
export type Check = { readonly name: string } & Outcome;

/** A check without its name, which is stable, in kebab-case: scripts may select by it. */
export type Outcome =
  | { readonly state: 'ok'; readonly detail: string }
  | {
      readonly state: 'warning' | 'failed' | 'unknown';
      readonly detail: string;
      /** What to do about it. */
      readonly todo: string;
    };

/** Runs a check; what it cannot find out, for whatever reason, is `unknown`. */
export async function attempt(name: string, run: () => Promise<Outcome>): Promise<Check> {
  try {
    return { name, ...(await run()) };
  } catch (error) {
    const { message, hint } = error as { readonly message?: string; readonly hint?: string };
    const todo = hint ?? 'Ask again as somebody who may look at this, such as a cluster-admin.';
    return { name, state: 'unknown', detail: message ?? String(error), todo };
  }
}

/** The texts of a JSON map that are texts. */
export function textMap(value: JsonValue | undefined): { [name: string]: string } {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
