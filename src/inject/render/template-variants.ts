/** Variants of a template for what most pods have in common. Exports: {@link TemplateVariants}. */
import { type GoPointer, GoStruct, type SparseMap, type Template } from '../../gotemplate/index.ts';
import { fieldReader } from '../../gotemplate/value/struct-field.ts';
import type { TemplateDataParts } from '../data/template-data.ts';
import { annotationsOf } from '../pod.ts';
import { OutputPaths } from './output-path.ts';
import type { OverlaySkeleton } from './overlay-skeleton.ts';

/** What was learnt of the runs that take one path. */
export type Learnt = OverlaySkeleton | 'unfit';

/** A variant, and the ways that its runs have taken. */
export interface TemplateVariant {
  readonly template: Template;
  readonly paths: OutputPaths<Learnt>;
}

/** A template is worth making a variant of when it has run this often for the same data. */
const worthwhile = 8;
/** Pods of any more kinds take the variant that only knows the configuration. */
const mostVariants = 12;
/** Characters of output paths that each variant keeps: some hundred kinds of pods. */
const mostCharacters = 2_500_000;

/** Fields of the data that never change under one configuration. */
const ofConfiguration = ['Values', 'Revision', 'CompliancePolicy'] as const;
/** Those that are the same for all pods without certain annotations. */
const ofMostPods = [
  ...ofConfiguration,
  'MeshConfig',
  'ProxyConfig',
  'NativeSidecars',
  'ProxyUID',
  'ProxyGID',
  'InboundTrafficPolicyMode',
] as const;

/** The parts of the data that variants go by. */
type Facts = Pick<
  TemplateDataParts,
  'values' | 'revision' | 'compliancePolicy' | 'mesh' | 'proxyConfig' | 'nativeSidecars' | 'ids'
>;

interface Candidate {
  readonly facts: Facts;
  /** Those annotations that the template looks up and the pods have. */
  readonly annotations: string;
  uses: number;
  variant: TemplateVariant | undefined;
}

/** The variant for all pods of a configuration, and the names of the annotations that it looks up. */
interface General {
  readonly facts: Facts;
  readonly variant: TemplateVariant;
  readonly annotations: ReadonlySet<string>;
}

/** The variants of one template. */
export class TemplateVariants {
  readonly #template: Template;
  readonly #candidates: Candidate[] = [];
  #general: General | undefined;
  #uses = 0;

  constructor(template: Template) {
    this.#template = template;
  }

  /** The variant for a pod's data; undefined as long as making one does not pay. */
  variantFor(parts: TemplateDataParts, data: GoPointer): TemplateVariant | undefined {
    this.#uses++;
    if (this.#general === undefined) {
      if (this.#uses < worthwhile) return undefined;
      this.#general = this.#makeGeneral(parts, data);
    }
    const general = this.#general;
    const candidate = this.#candidateFor(parts, annotationsAmong(general.annotations, parts));
    if (candidate !== undefined) {
      candidate.uses++;
      if (candidate.variant === undefined && candidate.uses >= worthwhile) {
        candidate.variant = this.#makeSpecial(parts, data, general.annotations);
      }
      if (candidate.variant !== undefined) return candidate.variant;
    }
    return sameConfiguration(general.facts, parts) ? general.variant : undefined;
  }

  #candidateFor(facts: Facts, annotations: string): Candidate | undefined {
    const candidates = this.#candidates;
    for (const candidate of candidates) {
      if (candidate.annotations === annotations && sameFacts(candidate.facts, facts)) {
        return candidate;
      }
    }
    const candidate: Candidate = { facts, annotations, uses: 0, variant: undefined };
    if (candidates.length < mostVariants) {
      candidates.push(candidate);
      return candidate;
    }
    // The one that came most rarely makes room, unless all of them have paid.
    let rarest: number | undefined;
    for (const [at, { variant, uses }] of candidates.entries()) {
      const least = rarest === undefined ? Number.POSITIVE_INFINITY : candidates[rarest]?.uses;
      if (variant === undefined && uses < (least ?? 0)) rarest = at;
    }
    if (rarest === undefined) return undefined;
    candidates[rarest] = candidate;
    return candidate;
  }

  #makeGeneral(facts: Facts, data: GoPointer): General {
    const annotations = new Set<string>();
    const variant = this.#make(data, ofConfiguration, (name) => {
      annotations.add(name);
      return false;
    });
    return { facts, variant, annotations };
  }

  #makeSpecial(
    parts: TemplateDataParts,
    data: GoPointer,
    lookedUp: ReadonlySet<string>,
  ): TemplateVariant {
    const there = annotationsOf(parts.view);
    return this.#make(
      data,
      ofMostPods,
      (name) => lookedUp.has(name) && !Object.hasOwn(there, name),
    );
  }

  #make(
    data: GoPointer,
    fields: readonly string[],
    lacks: (annotation: string) => boolean,
  ): TemplateVariant {
    const known = new Map(fields.map((field) => [field, fieldOf(data.target, field)]));
    const template = this.#template.specialise(known, sparseAnnotations(data, lacks));
    return { template, paths: new OutputPaths(mostCharacters) };
  }
}

/** The pod's annotations as the template may come upon them, by their names. */
function annotationsAmong(names: ReadonlySet<string>, { view }: TemplateDataParts): string {
  return Object.keys(annotationsOf(view))
    .filter((name) => names.has(name))
    .sort()
    .join('\n');
}

function sparseAnnotations(data: GoPointer, lacks: SparseMap['lacks']): SparseMap[] {
  const metadata = fieldOf(data.target, 'ObjectMeta');
  if (!(metadata instanceof GoStruct)) return [];
  const empty = new GoStruct(metadata.type, {}, metadata.addressable);
  const path = [
    { field: 'ObjectMeta', emptied: empty },
    { field: 'Annotations', emptied: fieldOf(empty, 'Annotations') },
  ];
  return [{ path, lacks }];
}

function fieldOf(target: unknown, field: string): unknown {
  return target instanceof GoStruct ? fieldReader(target.type, field)?.(target) : undefined;
}

function sameConfiguration(a: Facts, b: Facts): boolean {
  return (
    a.values === b.values && a.revision === b.revision && a.compliancePolicy === b.compliancePolicy
  );
}

/** Mesh config and proxy config are shared objects, the same for all pods that they hold for. */
function sameFacts(a: Facts, b: Facts): boolean {
  return (
    a.proxyConfig === b.proxyConfig &&
    a.mesh === b.mesh &&
    a.nativeSidecars === b.nativeSidecars &&
    a.ids.uid === b.ids.uid &&
    a.ids.gid === b.ids.gid &&
    sameConfiguration(a, b)
  );
}
