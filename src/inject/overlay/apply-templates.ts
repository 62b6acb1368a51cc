/** Exports: {@link applyTemplates}, {@link Overlaid}. */
import { type PreparedOverlay, strategicMerge } from '../../merge/index.ts';
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
  readonly render: (name: string) => PreparedOverlay;
  /** Native sidecars by the injector's setting. */
  readonly native: boolean;
  /** What an earlier injection left in the pod. */
  readonly injected: InjectedNames;
}

/**
 * How many templates may change the pod, one after the other. Names come from an annotation, and nothing
 * but its length bounds them otherwise; repetitions that change nothing are free and do not count.
 */
const mostChanges = 500;

const podSchema = structSchema('Pod');

/**
 * Merges the named templates, in that order, into an empty pod and into the one that came in
 * (`pkg/kube/inject/webhook.go`, RunTemplate). Throws a {@link Refusal}.
 */
export function applyTemplates(names: Iterable<string>, inputs: OverlayInputs): Overlaid {
  const { original, render, native, injected } = inputs;
  const overlays = new Map<string, PreparedOverlay>();
  /** Templates known to leave the two pods as they are now. */
  const idle = new Set<string>();
  let templatePod = emptyPod;
  let merged = original;
  let changes = 0;
  for (const name of names) {
    if (idle.has(name)) continue;
    let overlay = overlays.get(name);
    if (overlay === undefined) {
      overlay = render(name);
      overlays.set(name, overlay);
    }
    const nextTemplatePod =
      templatePod === emptyPod
        ? mergeIntoEmpty(name, overlay)
        : mergeTemplate(name, templatePod, overlay, onTemplatePod);
    const moved = wantsNative(merged, native) ? moveToNative(merged, nextTemplatePod) : merged;
    const placed = dropFormerNative(moved, nextTemplatePod, injected);
    const nextMerged = mergeTemplate(name, placed, overlay, onMergedPod);
    if (nextTemplatePod !== templatePod || nextMerged !== merged) {
      idle.clear();
      changes++;
      if (changes > mostChanges) {
        throw new Refusal(`more than ${mostChanges} templates change the pod; name fewer`, name);
      }
    } else {
      idle.add(name);
    }
    templatePod = nextTemplatePod;
    merged = nextMerged;
  }
  return { templatePod, merged, templates: [...overlays.keys()] };
}

const emptyPod: Pod = Object.freeze({});

/** Overlays are shared by all pods of a workload, so what they come to alone need be worked out only once. */
const alone = new WeakMap<PreparedOverlay, Pod>();

function mergeIntoEmpty(name: string, overlay: PreparedOverlay): Pod {
  const known = alone.get(overlay);
  if (known !== undefined) return known;
  const merged = mergeTemplate(name, emptyPod, overlay, onTemplatePod);
  alone.set(overlay, merged);
  return merged;
}

const onTemplatePod = 'failed applying injection overlay';
const onMergedPod =
  'failed parsing generated injected YAML (check Istio sidecar injector configuration)';

function mergeTemplate(name: string, pod: Pod, overlay: PreparedOverlay, failure: string): Pod {
  try {
    return strategicMerge(podSchema, pod, overlay);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`${failure}: ${reason} (template ${name})`, name, cause);
  }
}
