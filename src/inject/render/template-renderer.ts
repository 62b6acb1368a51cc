/** Exports: {@link templateRenderer}. */
import type { PreparedOverlay } from '../../merge/index.ts';
import type { ProxyConfig } from '../../mesh/index.ts';
import type { InjectionConfiguration } from '../config/injection-configuration.ts';
import { type TemplateDataParts, templateData } from '../data/template-data.ts';
import { guardText } from '../trust/guard.ts';
import type { OverlayReader } from './overlay-reader.ts';
import { readOverlay, renderTemplate } from './render-overlay.ts';

/** What {@link templateRenderer} goes by besides the data. */
export interface RendererSources {
  readonly configuration: Pick<InjectionConfiguration, 'templates' | 'trust'>;
  /** The proxy config as it would be without the pod's annotation. */
  readonly proxyConfigOfMesh: () => ProxyConfig;
  readonly read: OverlayReader;
}

/**
 * Makes a function that gives the overlay of a template for one pod. It throws a Refusal when the template
 * fails, or when text of the pod gets out of its place and annotations are not trusted to do so.
 */
export function templateRenderer(
  parts: TemplateDataParts,
  { configuration: { templates, trust }, proxyConfigOfMesh, read }: RendererSources,
): (name: string) => PreparedOverlay {
  if (trust.annotations) {
    const data = templateData(parts);
    return (name) => readOverlay(name, renderTemplate(name, templates, data), read);
  }
  const guard = guardText(parts, proxyConfigOfMesh, read);
  const data = templateData(guard.parts);
  return (name) => {
    const rendered = renderTemplate(name, templates, data);
    const template = templates.get(name)?.guarded;
    // A template without a text (tests make such) is nothing that could be run on other data.
    if (template === undefined) return readOverlay(name, rendered, read);
    const overlay = readOverlay(name, rendered, read, () => guard.culprit(template, rendered));
    guard.check(name, template, rendered, overlay.value);
    return overlay;
  };
}
