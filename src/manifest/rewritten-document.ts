import type { OwnerMeta, PatchOperation } from '../inject/index.ts';
import type { JsonObject } from '../json.ts';
import type { DocumentChange } from './patch-document.ts';

/** What was done to one pod template of an object. */
export interface TemplateOutcome {
  /** JSON pointer of the object within the document. */
  readonly pointer: string;
  readonly workload: OwnerMeta;
  /** Without a patch, nothing changes. */
  readonly result: { readonly outcome: string; readonly patch?: readonly PatchOperation[] };
}

/** What became of a document, whatever was done to it: all that it takes to write it down. */
export interface RewrittenDocument {
  /** The document's text now; the very text that came in when nothing changes. */
  readonly text: string;
  /** What was found in it; undefined when there is no object. */
  readonly object:
    | {
        readonly workloads: readonly TemplateOutcome[];
        /** Objects without a pod template. */
        readonly others: readonly { readonly pointer: string }[];
      }
    | undefined;
  /** The object as it is now. */
  readonly value?: JsonObject;
  /** The object before and after, and what changed in the text; undefined when nothing does. */
  readonly change?: DocumentChange;
}
