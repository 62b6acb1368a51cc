/** Exports: {@link templateReference}. */
import { builtins } from '../../gotemplate/builtins/builtins.ts';
import type { FunctionMap, GoFunction, GoType } from '../../gotemplate/index.ts';
import { sprig } from '../../gotemplate/sprig/index.ts';
import { unsupportedFunctions } from '../../gotemplate/sprig/unsupported.ts';
import { istioFunctions } from '../../inject/functions/index.ts';
import { dataType } from '../../lint/data-type.ts';
import { lintRules } from '../../lint/finding.ts';
import { fieldMeanings, functionMeanings } from './template-meanings.ts';

/** Types whose fields are listed beside the root's: those that templates for pods have a use for. */
const listedTypes: readonly string[] = [
  ...['v1.TypeMeta', 'types.NamespacedName', 'v1.ObjectMeta', 'v1.OwnerReference', 'v1.PodSpec'],
  ...['v1.Container', 'v1.ContainerPort', 'v1.EnvVar', 'v1.VolumeMount', 'v1.Volume'],
  ...['v1.PodSecurityContext', 'v1.SecurityContext', 'v1.ResourceRequirements'],
  ...['v1alpha1.ProxyConfig', 'v1alpha1.MeshConfig'],
];

/** The page docs/template-reference.md: what templates see and can call, from the types that they run with. */
export function templateReference(): string {
  const istio = istioFunctions();
  const isSprigs = (name: string) => !Object.hasOwn(istio, name);
  const isUnsupported = (name: string) => Object.hasOwn(unsupportedFunctions, name);
  const parts = [
    '# What templates see',
    '',
    'Made from the types and functions that templates run with by `npm run generate`; edits here are lost. How to',
    'write a template stands in [templates.md](templates.md).',
    '',
    '## Data',
    '',
    'The fields of `.` at the top of a template:',
    '',
    '| Field | Type | |',
    '| --- | --- | --- |',
    ...Object.entries(fieldMeanings).map(
      ([name, meaning]) => `| \`.${name}\` | ${typeName(fieldOf(dataType(), name))} | ${meaning} |`,
    ),
    '',
    'Fields have the names that they have in Go, not those of manifests: `.Spec.ServiceAccountName`. Messages',
    '(`ProxyConfig`, `MeshConfig` and what they hold) have a getter `Get…` for each field, which can be asked of a',
    'message that is not there; enumerations have `.String`, and numbers, texts and booleans that may be unset',
    '`.GetValue`.',
    '',
    ...listedTypes.flatMap(typeSection),
    '## Functions',
    '',
    'Arguments are given by their types, in order; `any` takes everything, `…` takes any number.',
    '',
    "### Istio's",
    '',
    '| Call | Gives | |',
    '| --- | --- | --- |',
    ...sorted(istio).map(
      ([name, fn]) => `| ${callOf(name, fn)} | ${resultOf(fn)} | ${functionMeanings[name] ?? ''} |`,
    ),
    '',
    "### The template language's",
    '',
    'As the [documentation of text/template](https://pkg.go.dev/text/template#hdr-Functions) has them:',
    '',
    names(Object.keys(builtins)),
    '',
    "### Sprig's",
    '',
    'As the [documentation of sprig](https://masterminds.github.io/sprig/) has them; one that Istio has under the same',
    'name hides them.',
    '',
    '| Call | Gives |',
    '| --- | --- |',
    ...sorted(sprig)
      .filter(([name]) => isSprigs(name) && !isUnsupported(name))
      .map(([name, fn]) => `| ${callOf(name, fn)} | ${resultOf(fn)} |`),
    '',
    'These may stand in a template, but fail when they are called: they make keys and passwords or ask the network,',
    'and no part of a pod should depend on that.',
    '',
    names(Object.keys(unsupportedFunctions).filter(isSprigs)),
    '',
    '## Rules of lint',
    '',
    'What `outrigger template lint` and `outrigger config check` look for. Errors make the exit code 1.',
    '',
    '| Rule | Severity | |',
    '| --- | --- | --- |',
    ...Object.entries(lintRules).map(
      ([rule, [severity, meaning]]) => `| \`${rule}\` | ${severity} | ${meaning} |`,
    ),
    '| `configuration` | both | a part of the configuration cannot be read, or does not fit the others |',
    '| `unread-setting` | warning | a value, or a field of the mesh configuration, that nothing reads |',
  ];
  return `${parts.join('\n')}\n`;
}

function sorted(functions: FunctionMap): readonly (readonly [string, GoFunction])[] {
  return Object.entries(functions).sort(([a], [b]) => (a < b ? -1 : 1));
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(', ');
}

function callOf(name: string, { in: parameters, variadic = false }: GoFunction): string {
  const texts = parameters.map((type, at) =>
    variadic && at === parameters.length - 1 ? `${plainName(type)}…` : plainName(type),
  );
  return `\`${[name, ...texts].join(' ')}\``;
}

function resultOf({ out }: GoFunction): string {
  return out === undefined ? '`any`' : `\`${plainName(out)}\``;
}

function typeName(type: GoType | undefined): string {
  if (type === undefined) return '';
  const plain = plainName(type);
  const target = plain.replace(/^(?:\*|\[\])+/, '');
  return listedTypes.includes(target)
    ? `[\`${plain}\`](#${target.toLowerCase().replace('.', '')})`
    : `\`${plain}\``;
}

function plainName({ name }: GoType): string {
  return name.replaceAll('interface {}', 'any');
}

function pointedTo(type: GoType): GoType {
  return type.kind === 'pointer' && type.elem !== undefined ? type.elem : type;
}

function fieldOf(type: GoType, name: string): GoType | undefined {
  return pointedTo(type).fields?.get(name)?.type;
}

function typeSection(name: string): string[] {
  const type = typesByName().get(name);
  if (type?.fields === undefined) throw new Error(`templates do not see the type ${name}`);
  return [
    `### ${name}`,
    '',
    '| Field | Type |',
    '| --- | --- |',
    ...[...type.fields].map(([field, { type: of }]) => `| \`.${field}\` | ${typeName(of)} |`),
    '',
  ];
}

/** Every struct that can be reached from the root. */
function typesByName(): ReadonlyMap<string, GoType> {
  const found = new Map<string, GoType>();
  const visit = (type: GoType): void => {
    if (type.kind !== 'struct') {
      if (type.elem !== undefined) visit(type.elem);
      return;
    }
    if (found.has(type.name)) return;
    found.set(type.name, type);
    for (const field of type.fields?.values() ?? []) visit(field.type);
  };
  visit(dataType());
  return found;
}
