import jsonPatch from 'fast-json-patch';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { JsonObject } from '../../src/json.ts';
import { modelPods } from '../../src/lint/model-pods.ts';
import { shapeOf } from './paste.ts';

/** A piece of a pod's text, and how to put another in its place. */
interface Spot {
  readonly name: string;
  put(pod: JsonObject, text: string): void;
}

function metadataOf(pod: JsonObject): JsonObject {
  return pod['metadata'] as JsonObject;
}

function inMap(map: 'annotations' | 'labels', key: string): Spot {
  return {
    name: `${map} ${key}`,
    put(pod, text) {
      const metadata = metadataOf(pod);
      metadata[map] = { ...(metadata[map] as JsonObject | undefined), [key]: text };
    },
  };
}

function inSpec(name: string, change: (spec: JsonObject, text: string) => void): Spot {
  return { name, put: (pod, text) => change(pod['spec'] as JsonObject, text) };
}

function inContainer(name: string, change: (app: JsonObject, text: string) => void): Spot {
  return inSpec(name, (spec, text) => change((spec['containers'] as JsonObject[])[0]!, text));
}

function ownedBy(pod: JsonObject, fields: JsonObject): void {
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web', controller: true };
  const metadata = metadataOf(pod);
  metadata['generateName'] = 'web-';
  metadata['ownerReferences'] = [{ ...owner, ...fields }];
}

/** Annotations and labels that some template of Istio's reads, and what it reads besides. */
const spots: readonly Spot[] = [
  ...[
    ...['agentLogLevel', 'bootstrapOverride', 'capNetBindService', 'componentLogLevel'],
    ...['interceptionMode', 'logLevel', 'nativeSidecar', 'proxyCPU', 'proxyCPULimit'],
    ...['proxyImage', 'proxyImageType', 'proxyMemory', 'proxyMemoryLimit', 'userVolume'],
    ...['userVolumeMount', 'rewriteAppHTTPProbers', 'inject'],
  ].map((name) => inMap('annotations', `sidecar.istio.io/${name}`)),
  ...[
    ...['includeOutboundIPRanges', 'excludeOutboundIPRanges', 'includeInboundPorts'],
    ...['excludeInboundPorts', 'includeOutboundPorts', 'excludeOutboundPorts'],
    ...['excludeInterfaces', 'kubevirtInterfaces'],
  ].map((name) => inMap('annotations', `traffic.sidecar.istio.io/${name}`)),
  ...['initialDelaySeconds', 'periodSeconds', 'failureThreshold'].map((name) =>
    inMap('annotations', `readiness.status.sidecar.istio.io/${name}`),
  ),
  ...[
    ...['status.sidecar.istio.io/port', 'istio.io/reroute-virtual-interfaces', 'istio.io/rev'],
    ...['k8s.v1.cni.cncf.io/networks', 'apm.datadoghq.com/env', 'prometheus.io/port'],
    ...['kubectl.kubernetes.io/default-container', 'proxy.istio.io/config'],
    ...['kubectl.kubernetes.io/default-logs-container', 'proxy.istio.io/overrides'],
    ...['resource.opentelemetry.io/service.namespace', 'sidecar.istio.io/status'],
    ...['resource.opentelemetry.io/service.version', 'inject.istio.io/templates'],
    ...['resource.opentelemetry.io/service.instance.id', 'prometheus.io/path'],
  ].map((name) => inMap('annotations', name)),
  ...[
    ...['app', 'version', 'app.kubernetes.io/name', 'app.kubernetes.io/version'],
    ...['service.istio.io/canonical-name', 'service.istio.io/canonical-revision'],
    ...['service.istio.io/workload-name', 'security.istio.io/tlsMode', 'pod-template-hash'],
    ...['networking.istio.io/tunnel', 'topology.istio.io/network'],
  ].map((name) => inMap('labels', name)),
  {
    name: 'name',
    put(pod, text) {
      metadataOf(pod)['name'] = text;
    },
  },
  {
    name: 'generateName',
    put(pod, text) {
      delete metadataOf(pod)['name'];
      metadataOf(pod)['generateName'] = text;
    },
  },
  { name: 'kind of the owner', put: (pod, kind) => ownedBy(pod, { kind }) },
  { name: 'version of the owner', put: (pod, apiVersion) => ownedBy(pod, { apiVersion }) },
  { name: 'name of the owner', put: (pod, name) => ownedBy(pod, { name }) },
  inSpec('service account', (spec, text) => {
    spec['serviceAccountName'] = text;
  }),
  inContainer('container', (app, text) => {
    app['name'] = text;
  }),
  inContainer('image', (app, text) => {
    app['image'] = text;
  }),
  inContainer('port', (app, text) => {
    app['ports'] = [{ name: text, containerPort: 80 }];
  }),
  inContainer('protocol', (app, text) => {
    app['ports'] = [{ protocol: text, containerPort: 80 }];
  }),
  inContainer('address', (app, text) => {
    app['ports'] = [{ hostIP: text, containerPort: 80 }];
  }),
  inContainer('environment', (app, text) => {
    app['env'] = [{ name: text, value: text }];
  }),
];

/** Says of text in a spot what it is: JSON with the text at each place where templates expect some. */
function asJson(text: string): readonly string[] {
  return [
    JSON.stringify({ [text]: text }),
    JSON.stringify({ [text]: { mountPath: '/x' } }),
    JSON.stringify({ x: { [text]: text } }),
    JSON.stringify({ x: { emptyDir: { [text]: text } } }),
    JSON.stringify({ proxyMetadata: { [text]: text } }),
    JSON.stringify({ proxyMetadata: { x: text } }),
    JSON.stringify([text]),
  ];
}

/** They share most of what they paste. */
const others = ['gateway', 'grpc-agent', 'grpc-simple'];

/** Spots whose text is parsed. */
const parsed: ReadonlySet<string> = new Set(
  [
    ...['sidecar.istio.io/userVolume', 'sidecar.istio.io/userVolumeMount'],
    ...['apm.datadoghq.com/env', 'proxy.istio.io/config', 'k8s.v1.cni.cncf.io/networks'],
  ].map((key) => `annotations ${key}`),
);

/** A pod that asks for a template, with a text in a spot. */
function podWith(spot: Spot, text: string, template: string): JsonObject {
  const pod = structuredClone(modelPods[0]!.pod);
  metadataOf(pod)['annotations'] = { 'inject.istio.io/templates': template };
  spot.put(pod, text);
  return pod;
}

/** Pods for the sidecar with the texts in the spots of these names, as they are and in JSON where that is parsed. */
export function hostilePods(names: readonly string[], texts: readonly string[]): JsonObject[] {
  return spots
    .filter(({ name }) => names.includes(name))
    .flatMap((spot) =>
      texts.flatMap((text, at) => {
        const forms = asJson(text);
        const all = parsed.has(spot.name) ? [text, forms[at % forms.length] ?? ''] : [text];
        return all.map((each) => podWith(spot, each, 'sidecar'));
      }),
    );
}

/** Puts hostile text into spots of pods, and looks at what becomes of them. */
export class Attack {
  /** Pods whose structure was changed. */
  readonly successes: string[] = [];
  /** By outcome. */
  readonly counts = { injected: 0, skipped: 0, failed: 0 };
  readonly #configuration: InjectionConfiguration;
  /** Of harmless texts. */
  readonly #shapes = new Map<string, string>();

  constructor(configuration: InjectionConfiguration) {
    this.#configuration = configuration;
  }

  /**
   * Tries these texts in every spot, so many of them in each, on the sidecar and one other template: other texts in
   * the next spot.
   *
   * @param weak names of spots where all of them are tried on the sidecar
   */
  run(texts: readonly string[], inEach: number, weak: readonly string[] = []): void {
    let next = 0;
    for (const [number, spot] of spots.entries()) {
      const isWeak = weak.includes(spot.name);
      const other = others[number % others.length] ?? '';
      const templates = isWeak ? ['sidecar'] : ['sidecar', other];
      const count = isWeak ? texts.length : inEach;
      for (let at = 0; at < count; at++) {
        const text = texts[next++ % texts.length] ?? '';
        this.#attempt(spot, text, templates);
        if (parsed.has(spot.name)) {
          const forms = asJson(text);
          for (const turn of [0, 3])
            this.#attempt(spot, forms[(at + turn) % forms.length] ?? '', templates);
        }
      }
    }
  }

  /** Tries one text in one spot with each of the templates. */
  #attempt(spot: Spot, text: string, templates: readonly string[]): void {
    for (const template of templates) {
      const outcome = this.#inject(spot, text, template);
      this.counts[outcome.kind]++;
      if (outcome.kind !== 'injected') continue;
      if (!this.#allows(outcome.shape, spot, template, text)) {
        this.successes.push(`${template}: ${spot.name} ${JSON.stringify(text).slice(0, 200)}`);
      }
    }
  }

  /** True for a structure that some harmless text of the same kind leads to. */
  #allows(shape: string, spot: Spot, template: string, text: string): boolean {
    const json = text.startsWith('{') || text.startsWith('[');
    const harmless = [
      ...['x', `x\n${' '.repeat(16)}y`],
      ...(json ? asJson('x') : []),
      ...(parsed.has(spot.name) ? ['x: y'] : []),
    ];
    return harmless.some((each) => {
      const key = `${spot.name}\n${template}\n${each}`;
      const known = this.#shapes.get(key) ?? this.#inject(spot, each, template).shape;
      this.#shapes.set(key, known);
      return shape === known;
    });
  }

  #inject(
    spot: Spot,
    text: string,
    template: string,
  ): { kind: 'injected' | 'skipped' | 'failed'; shape: string } {
    const pod = podWith(spot, text, template);
    const result = createInjector(this.#configuration, 'webhook', { learn: false }).inject({
      pod,
      namespace: 'models',
    });
    if (result.outcome !== 'injected') return { kind: result.outcome, shape: '' };
    const { newDocument } = jsonPatch.applyPatch(
      structuredClone(pod),
      [...result.patch] as never,
      true,
    );
    // Keys that are the text, or made of it, are in their place.
    return {
      kind: 'injected',
      shape: JSON.stringify(shapeOf(newDocument as JsonObject)).replaceAll(
        JSON.stringify(text),
        '"x"',
      ),
    };
  }
}
