/** Exports: {@link OverlayReader}, {@link createOverlayReader}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonValue } from '../../json.ts';
import { RecentValues } from '../../recent-values.ts';

/** Reads what a template rendered to; throws as `parseGoYaml` does. The overlay is shared and frozen. */
export type OverlayReader = (rendered: string) => JsonValue;

/**
 * Makes a reader that remembers the last overlays: what a template renders to for one pod of a workload, it
 * renders to for all of them, and reading YAML costs more than all that is done with it.
 */
export function createOverlayReader(): OverlayReader {
  // As many workloads as a busy cluster scales within seconds; longer texts are not worth their room.
  const overlays = new RecentValues(readFrozen, { most: 256, longestText: 64 * 1024 });
  return (rendered) => overlays.get(rendered);
}

function readFrozen(rendered: string): JsonValue {
  const overlay = parseGoYaml(rendered);
  freeze(overlay);
  return overlay;
}

function freeze(value: JsonValue): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}
