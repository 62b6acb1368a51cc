import type { JsonValue } from '../../json.ts';
import type { SourceNode } from '../source/source-node.ts';
import type { FlowLayout } from './emit-flow.ts';
import type { StandIns } from './stand-ins.ts';
import type { TextEdit } from './text-edits.ts';
import type { TextStyle } from './text-style.ts';

/** One attempt at bringing a text in line with a changed value. */
export interface Rewriting {
  readonly text: string;
  readonly style: TextStyle;
  /** What has been decided so far. */
  readonly edits: TextEdit[];
  /** Takes note of new blocks that need not be read again; undefined when all is read. */
  readonly standIns: StandIns | undefined;
  /** Nodes to write anew as a whole, because editing them did not come out right before. */
  readonly forced: ReadonlySet<SourceNode>;
  /** Whether the text has aliases; only then anchors matter. */
  readonly aliases: boolean;
  /** What each anchor stands for after the edits; an anchor that is missing here will be gone. */
  readonly anchored: Map<SourceNode, JsonValue>;
  /** Decides on the edits for a node inside: `reconcile`. */
  readonly visit: (
    work: Rewriting,
    node: SourceNode,
    before: JsonValue,
    after: JsonValue,
    slot: Slot,
  ) => void;
}

/** Where a node sits, which says how a replacement for it has to be written. */
export type Slot =
  | {
      readonly kind: 'root';
    }
  | {
      /** After a key or a dash that stands at `column` in block style; `from` is right after it. */
      readonly kind: 'key' | 'dash';
      readonly column: number;
      readonly from: number;
    }
  | {
      /** Between brackets; `indent` is what the lines of this level begin with. */
      readonly kind: 'flow';
      readonly layout: FlowLayout;
      readonly indent: string;
      /** Whether the key before has no colon (`{a}`). */
      readonly bare: boolean;
    };
