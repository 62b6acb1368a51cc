/** What is to know about a template before it runs on untrusted text. Exports: {@link guardedTemplate}. */
import type { FunctionMap } from '../../gotemplate/index.ts';
import { isDecoder } from './marked-functions.ts';
import { type MarkedTemplate, markedTemplate } from './marked-template.ts';

/** A template, as the guard sees it. */
export interface GuardedTemplate {
  readonly text: string;
  /** It reads more of the spec than names, images and ports, which are looked at in any case. */
  readonly readsWholeSpec: boolean;
  /** It can make special characters out of plain text. */
  readonly decodes: boolean;
  /** The template for data with marks; compiled when first asked for. */
  marked(): MarkedTemplate;
}

const actions = /\{\{([\s\S]*?)\}\}/g;
const chains = /(?:\.[A-Za-z_]\w*)+/g;
/** Members of values may begin with a capital, too, but then they are names of environment variables. */
const goName = /^[A-Z][A-Za-z0-9]*$/;
const words = /[A-Za-z_]\w*/g;

/** Values and messages of the mesh: not the pod's. */
const notOfThePod: ReadonlySet<string> = new Set(['Values', 'MeshConfig', 'ProxyConfig']);

/** Fields of the pod that hold no free text, or whose text is looked at anyway. */
const harmless: ReadonlySet<string> = new Set([
  ...['TypeMeta', 'Kind', 'APIVersion', 'DeploymentMeta', 'Name', 'Namespace', 'GenerateName'],
  ...['ObjectMeta', 'Labels', 'Annotations', 'Revision', 'NativeSidecars', 'ProxyImage'],
  ...['ProxyInitImage', 'ProxyUID', 'ProxyGID', 'InboundTrafficPolicyMode', 'CompliancePolicy'],
  ...['Containers', 'InitContainers', 'Image', 'Ports', 'ContainerPort', 'HostPort', 'HostIP'],
  ...['Protocol', 'ServiceAccountName', 'HostNetwork', 'ShareProcessNamespace', 'RunAsUser'],
  ...['RunAsGroup', 'FSGroup', 'Privileged', 'RestartPolicy', 'TerminationGracePeriodSeconds'],
]);

/** Looks at a template's text when it is first asked. Too much suspicion only costs time. */
export function guardedTemplate(
  name: string,
  text: string,
  functions: FunctionMap,
): GuardedTemplate {
  let marked: MarkedTemplate | undefined;
  let reads: boolean | undefined;
  let decodes: boolean | undefined;
  const inActions = (test: (action: string) => boolean): boolean =>
    [...text.matchAll(actions)].some(([, action = '']) => test(action));
  return {
    text,
    get readsWholeSpec() {
      reads ??= inActions(readsSpec);
      return reads;
    },
    get decodes() {
      decodes ??= inActions((action) => (action.match(words) ?? []).some(isDecoder));
      return decodes;
    },
    marked() {
      marked ??= markedTemplate(name, text, functions);
      return marked;
    },
  };
}

function readsSpec(action: string): boolean {
  return (action.match(chains) ?? []).some((chain) => {
    const fields = chain.slice(1).split('.');
    const end = fields.findIndex((field) => notOfThePod.has(field));
    const ofThePod = end < 0 ? fields : fields.slice(0, end);
    return ofThePod.some(
      (field, at) =>
        goName.test(field) &&
        !field.startsWith('Get') &&
        !harmless.has(field) &&
        !(field === 'Spec' && at < ofThePod.length - 1),
    );
  });
}
