/** Exports: {@link OverlayReader}, {@link createOverlayReader}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { PreparedOverlay } from '../../merge/index.ts';
import { RecentValues } from '../../recent-values.ts';

/** Reads what a template rendered to; throws as `parseGoYaml` does. */
export type OverlayReader = (rendered: string) => PreparedOverlay;

/**
 * Makes a reader that remembers the last overlays: what a template renders to for one pod of a workload, it
 * renders to for all of them, and reading YAML costs more than all that is done with it.
 */
export function createOverlayReader(): OverlayReader {
  const read = (rendered: string) => new PreparedOverlay(parseGoYaml(rendered));
  // As many workloads as a busy cluster scales within seconds; longer texts are not worth their room.
  const overlays = new RecentValues(read, { most: 256, longestText: 64 * 1024 });
  return (rendered) => overlays.get(rendered);
}
