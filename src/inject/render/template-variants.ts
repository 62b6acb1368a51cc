/** Variants of a template for what most pods have in common. Exports: {@link TemplateVariants}. */
import { type GoPointer, GoStruct, type Template } from '../../gotemplate/index.ts';
import { fieldReader } from '../../gotemplate/value/struct-field.ts';
import type { TemplateDataParts } from '../data/template-data.ts';
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
/** Pods whose annotations change the proxy config take the variant that does not know it beyond these. */
const mostVariants = 8;
/** Characters of output paths that each variant keeps: some two hundred kinds of pods. */
const mostCharacters = 1_000_000;

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
  uses: number;
  variant: TemplateVariant | undefined;
}

/** The variants of one template. */
export class TemplateVariants {
  readonly #template: Template;
  readonly #candidates: Candidate[] = [];
  #general: { readonly facts: Facts; readonly variant: TemplateVariant } | undefined;
  #uses = 0;

  constructor(template: Template) {
    this.#template = template;
  }

  /** The variant for a pod's data; undefined as long as making one does not pay. */
  variantFor(facts: Facts, data: GoPointer): TemplateVariant | undefined {
    const candidate = this.#candidateFor(facts);
    if (candidate !== undefined) {
      if (candidate.variant === undefined && ++candidate.uses >= worthwhile) {
        candidate.variant = this.#make(data, ofMostPods);
      }
      return candidate.variant;
    }
    this.#uses++;
    if (this.#general === undefined && this.#uses >= worthwhile) {
      this.#general = { facts, variant: this.#make(data, ofConfiguration) };
    }
    const general = this.#general;
    return general !== undefined && sameConfiguration(general.facts, facts)
      ? general.variant
      : undefined;
  }

  #candidateFor(facts: Facts): Candidate | undefined {
    for (const candidate of this.#candidates) {
      if (sameFacts(candidate.facts, facts)) return candidate;
    }
    if (this.#candidates.length >= mostVariants) return undefined;
    const candidate: Candidate = { facts, uses: 0, variant: undefined };
    this.#candidates.push(candidate);
    return candidate;
  }

  #make(data: GoPointer, fields: readonly string[]): TemplateVariant {
    const known = new Map(fields.map((field) => [field, fieldOf(data, field)]));
    return { template: this.#template.specialise(known), paths: new OutputPaths(mostCharacters) };
  }
}

function fieldOf({ target }: GoPointer, field: string): unknown {
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
