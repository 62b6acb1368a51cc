/** Exports: {@link OverlayReader}, {@link createOverlayReader}, {@link ReadOverlay}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { PreparedOverlay } from '../../merge/index.ts';
import { RecentValues } from '../../recent-values.ts';
import type { CompiledTemplate } from '../config/compile-templates.ts';
import { OverlayMaker } from './overlay-maker.ts';

/** Reads what a template rendered to; throws as `parseGoYaml` does. */
export type ReadOverlay = (rendered: string) => PreparedOverlay;

/** Where overlays come from: read from text, or made by what was learnt of earlier runs of a template. */
export interface OverlayReader {
  readonly read: ReadOverlay;
  /** What makes the overlays of a template; undefined when they can only be read. */
  maker(template: CompiledTemplate): OverlayMaker | undefined;
}

const read: ReadOverlay = (rendered) => new PreparedOverlay(parseGoYaml(rendered));

/** A reader that reads everything anew. */
export const forgetfulReader: OverlayReader = { read, maker: () => undefined };

/**
 * Makes a reader that remembers the last overlays: what a template renders to for one pod of a workload, it
 * renders to for all of them, and reading YAML costs more than all that is done with it.
 */
export function createOverlayReader(): OverlayReader {
  // As many workloads as a busy cluster scales within seconds; longer texts are not worth their room.
  const overlays = new RecentValues(read, { most: 256, longestText: 64 * 1024 });
  const makers = new Map<CompiledTemplate, OverlayMaker>();
  return {
    read: (rendered) => overlays.get(rendered),
    maker(compiled) {
      const known = makers.get(compiled);
      if (known !== undefined || compiled.template === undefined) return known;
      const maker = new OverlayMaker(compiled.template());
      makers.set(compiled, maker);
      return maker;
    },
  };
}
