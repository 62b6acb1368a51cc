import { annotations as names } from '../annotations.ts';
import type { InjectorConfig } from '../config/injector-config.ts';
import { annotationsOf, type Pod } from '../pod.ts';
import { goTrim } from '../validate/go-trim.ts';

/**
 * The names of the templates for a pod, in the order to apply them, repetitions and all: what its
 * annotation asks for, else the configuration's default, aliases replaced once
 * (`pkg/kube/inject/webhook.go`, selectTemplates). Made one at a time, because an annotation of 256 KiB can
 * name a great many.
 */
export function* selectTemplates(
  pod: Pod,
  { defaultTemplates, aliases }: Pick<InjectorConfig, 'defaultTemplates' | 'aliases'>,
): Generator<string, void, undefined> {
  const wish = annotationsOf(pod)[names.templates];
  const wanted = wish === undefined ? defaultTemplates : wish.split(',').map(goTrim);
  for (const name of wanted) {
    const meant = aliases.get(name);
    if (meant === undefined) yield name;
    else yield* meant;
  }
}
