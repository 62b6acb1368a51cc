import type { LabelSelector } from '../types.ts';

/**
 * The injector configuration: key `config` of ConfigMap `istio-sidecar-injector`
 * (`pkg/kube/inject/inject.go`, Config). Names map to values in the order of the text.
 */
export interface InjectorConfig {
  /** `enabled` or `disabled`; any other text, the empty one too, means that nothing is injected. */
  readonly policy: string;
  /** Templates for pods that name none; never empty. */
  readonly defaultTemplates: readonly string[];
  /** Template text by name. */
  readonly templates: ReadonlyMap<string, string>;
  /** Names that stand for a list of templates; not resolved any further. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly neverInjectSelector: readonly LabelSelector[];
  readonly alwaysInjectSelector: readonly LabelSelector[];
  /** Annotations set on every injected pod. */
  readonly injectedAnnotations: ReadonlyMap<string, string>;
}
