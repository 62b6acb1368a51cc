import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configMapData } from '../../src/cli/configuration/config-map.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import { modelSettings } from '../../src/lint/model-settings.ts';
import { applyMeshConfig } from '../../src/mesh/index.ts';
import { attempts, indentedAttempts } from '../inject-trust/hostile-text.ts';
import { Attack, hostilePods } from '../inject-trust/whole-templates.ts';
import { yardstick } from './conformance-folder.ts';

const injector = yardstick('data', 'istio', 'configmap-istio-sidecar-injector.yaml');
const mesh = yardstick('data', 'istio', 'configmap-istio.yaml');

function dataOf(path: string | undefined, key: string): Readonly<Record<string, string>> {
  return configMapData(readFileSync(path!, 'utf8'), key) ?? {};
}

/** Istio's own templates, with everything turned on that values can turn on. */
function configuration(trusted: boolean): InjectionConfiguration {
  const { config = '', values = '' } = dataOf(injector, 'config');
  const settings = modelSettings(parseGoYaml(values), true)[2]!;
  return buildConfiguration({
    config,
    values: JSON.stringify(settings.values),
    mesh: applyMeshConfig(settings.mesh, applyMeshConfig(dataOf(mesh, 'mesh')['mesh'] ?? '')),
    hash: '',
    functions: createTemplateFunctions(),
    revision: 'default',
    nativeSidecars: settings.nativeSidecars,
    compliancePolicy: settings.compliancePolicy,
    platform: '',
    trust: { environment: new Map(), annotations: trusted },
  });
}

const short = attempts.map(([, text]) => text).filter((text) => text.length < 1000);
const texts = [...short, ...indentedAttempts];

/** Where lint finds Istio's templates careless. */
const weak: readonly string[] = [
  'annotations proxy.istio.io/config',
  'annotations sidecar.istio.io/userVolume',
  'annotations sidecar.istio.io/userVolumeMount',
  'annotations traffic.sidecar.istio.io/includeOutboundPorts',
  'labels service.istio.io/workload-name',
];

/** Text with characters that mean something to YAML, and is all right. */
const fine: readonly (readonly [annotation: string, value: string])[] = [
  ['sidecar.istio.io/logLevel', 'all:info,http:debug'],
  ['sidecar.istio.io/componentLogLevel', 'misc:error,rbac:debug'],
  ['sidecar.istio.io/agentLogLevel', 'default:info, xds: debug'],
  ['sidecar.istio.io/proxyImage', 'registry.example:5000/proxy@sha256:0123'],
  ['traffic.sidecar.istio.io/includeOutboundPorts', '80, 443'],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', '3306, 6379'],
  ['traffic.sidecar.istio.io/includeInboundPorts', '*'],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', '10.0.0.0/8,192.168.0.0/16'],
  ['traffic.sidecar.istio.io/kubevirtInterfaces', 'net1, net2'],
  ['k8s.v1.cni.cncf.io/networks', '[{"name": "macvlan", "namespace": "net"}]'],
  ['apm.datadoghq.com/env', '{"DD_ENV": "test: #1", "DD_TAGS": "a:b c:d"}'],
  ['resource.opentelemetry.io/service.namespace', 'shop: the #new one'],
  ['proxy.istio.io/config', 'proxyMetadata:\n  A: "b, c: [d] #e"\n'],
  [
    'proxy.istio.io/config',
    '{"tracing":{"zipkin":{"address":"zipkin.example:9411"}},"concurrency":2}',
  ],
  [
    'sidecar.istio.io/userVolume',
    '{"a": {"configMap": {"name": "a", "items": [{"key": "x", "path": "y z"}]}}, "b": {"hostPath": {"path": "/a: b"}}}',
  ],
  [
    'sidecar.istio.io/userVolumeMount',
    '{"a": {"mountPath": "/a b", "readOnly": true, "subPath": "x: y"}}',
  ],
  ['example.com/anything', 'x"\n  y: [z'],
];

describe.skipIf(injector === undefined)(
  "hostile text and Istio's own ConfigMap (data/istio)",
  () => {
    it('changes the structure of no pod', () => {
      const attack = new Attack(configuration(false));
      attack.run(texts, 1, weak);
      console.log('attempts on whole templates:', attack.counts);
      expect(attack.successes).toEqual([]);
      expect(attack.counts.injected).toBeGreaterThan(100);
      expect(attack.counts.failed).toBeGreaterThan(100);
    });

    it('is answered alike by an injector that has learnt from harmless pods', () => {
      const learnt = createInjector(configured);
      const harmless = hostilePods(weak, ['x', 'y', 'a/b', '1', 'x2', 'y3', 'z', 'w', 'v', 'u']);
      for (const pod of [...harmless, ...harmless]) learnt.inject({ pod, namespace: 'shop' });
      const some = texts.filter((_, at) => at % 3 === 0);
      for (const pod of hostilePods(weak, some)) {
        const request = { pod, namespace: 'shop' };
        const plain = createInjector(configured, 'webhook', { learn: false });
        expect(learnt.inject(request)).toEqual(plain.inject(request));
      }
    });

    it('would change some, were annotations trusted', () => {
      const attack = new Attack(configuration(true));
      attack.run(texts, 0, weak);
      const subjects = new Set(attack.successes.map((success) => success.split(' ')[2]));
      expect([...subjects].sort()).toEqual([
        'proxy.istio.io/config',
        'service.istio.io/workload-name',
        'sidecar.istio.io/userVolume',
        'traffic.sidecar.istio.io/includeOutboundPorts',
      ]);
    });

    it.each(fine)('is none in %s: %s', (annotation, value) => {
      const pod = {
        metadata: { name: 'web', annotations: { [annotation]: value } },
        spec: { containers: [{ name: 'web', image: 'web' }] },
      };
      const result = createInjector(configured).inject({ pod, namespace: 'shop' });
      expect(result.outcome === 'failed' ? result.error.message : result.outcome).toBe('injected');
    });
  },
);

const configured = injector === undefined ? (undefined as never) : configuration(false);
