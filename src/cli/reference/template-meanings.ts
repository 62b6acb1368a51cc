/** What stands in the reference of templates beside names. Exports: {@link fieldMeanings}, {@link functionMeanings}. */
import type { TemplateFields } from '../../inject/data/sidecar-template-data.ts';

/** The fields of the root. */
export const fieldMeanings: { readonly [field in keyof TemplateFields]: string } = {
  TypeMeta: '`Kind` and `APIVersion` of the workload that owns the pod',
  DeploymentMeta: '`Name` and `Namespace` of that workload',
  ObjectMeta: "the pod's metadata, without what an earlier injection has added",
  Spec: "the pod's spec, likewise",
  ProxyConfig:
    "the proxy configuration of this pod: the mesh's, ProxyConfig resources, and the annotation `proxy.istio.io/config`",
  MeshConfig: 'the mesh configuration',
  Values: 'the values; a member that is not there is nothing, however deep it is asked for',
  Revision:
    'revision of the control plane; empty offline for the default one, `default` in a cluster',
  NativeSidecars: 'whether proxies are to be native sidecars, whatever the pod says',
  ProxyImage:
    'image of the proxy, computed from the values, the proxy configuration and annotations',
  ProxyInitImage: 'the same for the init container',
  ProxyUID: 'user id of the proxy: 1337, or one of those that OpenShift gave the namespace',
  ProxyGID: 'group id of the proxy, likewise',
  InboundTrafficPolicyMode: '`localhost` or `passthrough`',
  CompliancePolicy: 'compliance policy of the proxies, such as `fips-140-3`; mostly empty',
};

/** Istio's own functions. A test tells when one is missing. */
export const functionMeanings: { readonly [name: string]: string } = {
  annotation:
    'the annotation when the pod has it, even an empty one; else the default as text (`<nil>` for none)',
  appendMultusNetwork:
    'a list of networks, with commas or in JSON, with one more unless it is there already',
  applicationPorts: 'numbers of the TCP ports of all containers but `istio-proxy`, with commas',
  contains: 'whether the second text holds the first',
  directory: 'everything up to the last `/`',
  env: "an environment variable, or the default. Templates see none of the injector's",
  excludeInboundPort: 'a list of ports with one more, unless that is empty, `0` or there already',
  excludeInterfaces: 'its argument; there for old templates',
  formatDuration: 'a duration as `45s` or `1m30s`',
  fromJSON: 'what a JSON text says; the text `{}` when it is not JSON',
  includeInboundPorts: 'numbers of the TCP ports of all containers, with commas',
  indent: 'moves every line but the first to the right (sprig moves that, too)',
  isset: 'whether a map has the key',
  kubevirtInterfaces: 'its argument; there for old templates',
  mergeMaps: 'all entries of several maps of strings; later ones win',
  omit: 'a map of strings without some keys',
  omitNil: 'a value without members that are nothing, at any depth',
  otelResourceAttributes: 'the value of `OTEL_RESOURCE_ATTRIBUTES` for a pod, or nothing',
  protoToJSON:
    'a message as JSON; of a proxy configuration only what differs from the built-in defaults',
  strdict: 'a map of strings out of keys and values in turn',
  structToJSON: 'a part of the pod as JSON, by its Kubernetes names',
  toJSON: 'a map of strings as JSON',
  toJsonMap: '`mergeMaps` as JSON',
  toLower: 'small letters',
  toYaml: 'YAML with a line break at the end',
  valueOrDefault: 'the default in the place of nothing and of empty text',
};
