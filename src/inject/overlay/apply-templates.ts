/** Exports: {@link applyTemplates}, {@link Overlaid}. */
import { encodeTyped, type SharedOverlay, strategicMerge } from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import type { InjectedNames } from '../injection-status.ts';
import type { Pod } from '../pod.ts';
import { Refusal } from '../refusal.ts';
import { dropFormerNative, moveToNative, wantsNative } from './move-sidecar.ts';

/** What the templates made of a pod. */
export interface Overlaid {
  /** The templates alone: tells what injection contributed. */
  readonly templatePod: Pod;
  /** The pod that came in with the templates merged into it. */
  readonly merged: Pod;
  /** Names of the templates in the order of their first use. */
  readonly templates: readonly string[];
}

/** What {@link applyTemplates} needs to know besides the names. */
export interface OverlayInputs {
  /** The pod that came in. */
  readonly original: Pod;
  /** The overlay that a template renders to; asked once for a name. Throws a {@link Refusal}. */
  readonly render: (name: string) => SharedOverlay;
  /** Native sidecars by the injector's setting. */
  readonly native: boolean;
  /** What an earlier injection left in the pod. */
  readonly injected: InjectedNames;
}

/**
 * How many merges may change the pod. Names come from an annotation, and nothing but its length bounds them
 * otherwise; what was merged into the same pods before is free and does not count.
 */
const mostChanges = 200;
/** From so many changes on, pods are compared with earlier ones: names that repeat lead back to them. */
const manyChanges = 8;

const podSchema = structSchema('Pod');

/** The two pods, and what templates are known to make of them. */
interface State {
  readonly templatePod: Pod;
  readonly merged: Pod;
  readonly next: Map<string, State>;
}

/**
 * Merges the named templates, in that order, into an empty pod and into the one that came in
 * (`pkg/kube/inject/webhook.go`, RunTemplate). Throws a {@link Refusal}.
 */
export function applyTemplates(names: Iterable<string>, inputs: OverlayInputs): Overlaid {
  const overlays = new Map<string, SharedOverlay>();
  const seen = new Map<string, State>();
  let state: State = { templatePod: emptyPod, merged: inputs.original, next: new Map() };
  let changes = 0;
  for (const name of names) {
    let next = state.next.get(name);
    if (next === undefined) {
      const overlay = overlays.get(name) ?? inputs.render(name);
      overlays.set(name, overlay);
      next = mergeInto(state, name, overlay, inputs);
      if (next !== state && ++changes > manyChanges) next = seenBefore(next, seen);
      if (changes > mostChanges) {
        throw new Refusal(`more than ${mostChanges} templates change the pod; name fewer`, name);
      }
      state.next.set(name, next);
    }
    state = next;
  }
  const { templatePod, merged } = state;
  return { templatePod, merged, templates: [...overlays.keys()] };
}

/** The state after a template; the same one when the template changes nothing. */
function mergeInto(
  state: State,
  name: string,
  overlay: SharedOverlay,
  { native, injected }: OverlayInputs,
): State {
  const { merged } = state;
  const templatePod = mergeTemplate(name, state.templatePod, overlay, onTemplatePod);
  const moved = wantsNative(merged, native) ? moveToNative(merged, templatePod) : merged;
  const placed = dropFormerNative(moved, templatePod, injected);
  const after = mergeTemplate(name, placed, overlay, onMergedPod);
  if (templatePod === state.templatePod && after === merged) return state;
  return { templatePod, merged: after, next: new Map() };
}

/** The state that is the same in substance, if there was one. */
function seenBefore(state: State, seen: Map<string, State>): State {
  const text = JSON.stringify([
    encodeTyped(podSchema, state.templatePod),
    encodeTyped(podSchema, state.merged),
  ]);
  const known = seen.get(text);
  if (known !== undefined) return known;
  seen.set(text, state);
  return state;
}

const emptyPod: Pod = Object.freeze({});

const onTemplatePod = 'failed applying injection overlay';
const onMergedPod =
  'failed parsing generated injected YAML (check Istio sidecar injector configuration)';

function mergeTemplate(name: string, pod: Pod, overlay: SharedOverlay, failure: string): Pod {
  try {
    return strategicMerge(podSchema, pod, overlay);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`${failure}: ${reason} (template ${name})`, name, cause);
  }
}
