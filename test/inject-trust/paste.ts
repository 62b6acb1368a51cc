import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectResult } from '../../src/inject/types.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { defaultMeshConfig } from '../../src/mesh/index.ts';

/** What a pod brings along. */
export interface PodText {
  readonly annotations?: { readonly [name: string]: string };
  readonly labels?: { readonly [name: string]: string };
  readonly container?: JsonObject;
  /** More fields of the pod. */
  readonly metadata?: { readonly [field: string]: JsonValue | undefined };
  readonly spec?: JsonObject;
}

/** How annotations are trusted, and what values there are. */
export interface PasteOptions {
  readonly trusted?: boolean;
  readonly values?: string;
}

/** Injects a small pod with a template of the test's own. */
export function paste(template: string, text: PodText, options: PasteOptions = {}): InjectResult {
  return injectorOf(template, options)(text);
}

/** The same for many pods. */
export function injectorOf(
  template: string,
  { trusted = false, values = '{}' }: PasteOptions = {},
): (text: PodText) => InjectResult {
  const injector = createInjector(configurationOf(template, trusted, values));
  return ({ annotations = {}, labels = {}, container = {}, metadata = {}, spec = {} }) =>
    injector.inject({
      pod: {
        metadata: {
          name: 'web',
          annotations: { ...annotations },
          labels: { ...labels },
          ...metadata,
        } as JsonObject,
        spec: { containers: [{ name: 'app', image: 'app:1', ...container }], ...spec },
      },
      namespace: 'shop',
    });
}

const configurations = new Map<string, InjectionConfiguration>();

/** Compiled once for each template; injectors of their own have learnt nothing yet. */
function configurationOf(
  template: string,
  trusted: boolean,
  values: string,
): InjectionConfiguration {
  const key = JSON.stringify([template, trusted, values]);
  let configuration = configurations.get(key);
  if (configuration === undefined) {
    configuration = buildConfiguration({
      config: JSON.stringify({ policy: 'enabled', templates: { sidecar: template } }),
      values,
      mesh: defaultMeshConfig(),
      hash: '',
      functions: createTemplateFunctions(),
      revision: '',
      nativeSidecars: true,
      compliancePolicy: '',
      platform: '',
      trust: { environment: new Map(), annotations: trusted },
    });
    configurations.set(key, configuration);
  }
  return configuration;
}

/** The container `proxy` that injection adds; undefined when the pod was refused or got none. */
export function proxyOf(result: InjectResult): JsonObject | undefined {
  if (result.outcome !== 'injected') return undefined;
  const values = result.patch.flatMap((operation) =>
    'value' in operation ? [operation.value as JsonObject] : [],
  );
  return values.find((value) => value?.['name'] === 'proxy');
}

/** A template that makes a container `proxy` with this as its last field, and what belongs to it. */
export function withField(yaml: string): string {
  return `spec:\n  containers:\n  - name: proxy\n    image: proxy:1\n    args: [&first first]\n    workingDir: ${yaml}\n`;
}

/** The annotation that the tests' templates read. */
export const note = 'example.com/note';
/** As a template reads it. */
export const readNote = `index .ObjectMeta.Annotations "${note}"`;

/** The members and the number of list elements, at every depth: all that text may not change. */
export function shapeOf(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (!isJsonObject(value)) return 'scalar';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}
