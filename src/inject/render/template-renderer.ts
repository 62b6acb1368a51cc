/** Exports: {@link templateRenderer}. */
import type { GoPointer } from '../../gotemplate/index.ts';
import type { SharedOverlay } from '../../merge/index.ts';
import type { ProxyConfig } from '../../mesh/index.ts';
import type { CompiledTemplate } from '../config/compile-templates.ts';
import type { InjectionConfiguration } from '../config/injection-configuration.ts';
import { type TemplateDataParts, templateData } from '../data/template-data.ts';
import { guardText } from '../trust/guard.ts';
import type { MadeOverlay } from './overlay-maker.ts';
import type { OverlayReader } from './overlay-reader.ts';
import { findTemplate, readOverlay, runTemplate } from './render-overlay.ts';

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
  { configuration: { templates, trust }, proxyConfigOfMesh, read: reader }: RendererSources,
): (name: string) => SharedOverlay {
  const { read } = reader;
  if (trust.annotations) {
    const data = templateData(parts);
    return (name) => {
      const made = make(reader, name, findTemplate(name, templates), parts, data);
      return made.overlay ?? readOverlay(name, made.rendered(), read);
    };
  }
  const guard = guardText(parts, proxyConfigOfMesh, read);
  const data = templateData(guard.parts);
  return (name) => {
    const template = findTemplate(name, templates);
    const made = make(reader, name, template, guard.parts, data);
    if (made.overlay !== undefined && made.inert) return made.overlay;
    const rendered = made.rendered();
    const { guarded } = template;
    // A template without a text (tests make such) is nothing that could be run on other data.
    if (guarded === undefined) return made.overlay ?? readOverlay(name, rendered, read);
    const overlay =
      made.overlay ?? readOverlay(name, rendered, read, () => guard.culprit(guarded, rendered));
    guard.check(name, guarded, rendered, overlay.value);
    return overlay;
  };
}

function make(
  reader: OverlayReader,
  name: string,
  template: CompiledTemplate,
  parts: TemplateDataParts,
  data: GoPointer,
): MadeOverlay {
  return runTemplate(name, () => {
    const maker = reader.maker(template);
    if (maker !== undefined) return maker.make(parts, data);
    const text = template.execute(data);
    return { overlay: undefined, rendered: () => text };
  });
}
