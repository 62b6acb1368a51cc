/**
 * The annotation `proxy.istio.io/overrides`: containers of the user's own that a template also makes.
 * Exports: {@link ContainerOverrides}, {@link readOverrides}, {@link overridesText}.
 */
import type { JsonObject, JsonValue } from '../json.ts';
import { decode, encodeTyped } from '../merge/index.ts';
import { structSchema } from '../schema/index.ts';
import { annotations } from './annotations.ts';
import { type Container, containerLists } from './pod.ts';
import { listOf, recordSchema } from './record-schema.ts';
import { Refusal } from './refusal.ts';

/** Containers in normal form, by the list that a template makes them in. */
export interface ContainerOverrides {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
}

const none: ContainerOverrides = { containers: [], initContainers: [] };

const schema = recordSchema('podOverrides', [
  ['containers', listOf(structSchema('Container')), 'unless zero'],
  ['initContainers', listOf(structSchema('Container')), 'unless zero'],
]);

/** Reads the annotation's text; undefined (no annotation) is no overrides. Throws a {@link Refusal}. */
export function readOverrides(overrides: string | undefined): ContainerOverrides {
  if (overrides === undefined) return none;
  try {
    const read = decode(schema, JSON.parse(overrides) as JsonValue);
    return {
      containers: (read['containers'] ?? []) as Container[],
      initContainers: (read['initContainers'] ?? []) as Container[],
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(
      `invalid annotation ${annotations.overrides}: ${reason}`,
      annotations.overrides,
      cause,
    );
  }
}

/** The annotation's text: each list only if it holds something, containers as Go writes them. */
export function overridesText(overrides: ContainerOverrides): string {
  const recorded: JsonObject = {};
  for (const list of containerLists) {
    if (overrides[list].length > 0) recorded[list] = [...overrides[list]];
  }
  return encodeTyped(schema, recorded);
}
