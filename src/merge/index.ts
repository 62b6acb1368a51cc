/** Typed JSON: normal form, strategic merge, Go's JSON text, patches. Public door. */
export { createPatch } from './create-patch.ts';
export { type DecodeOptions, decode } from './decode.ts';
export { encodeTyped } from './encode-typed.ts';
export { DecodeError, MergeError, type MergeStage } from './errors.ts';
export { FilledOverlay } from './filled-overlay.ts';
export { jsonText } from './json-string.ts';
export { type OverlayEffect, overlayEffect } from './overlay-effect.ts';
export type { PatchOperation } from './patch-operation.ts';
export { freezeObjects, PreparedOverlay } from './prepared-overlay.ts';
export { SharedOverlay } from './shared-overlay.ts';
export { strategicMerge } from './strategic-merge.ts';
