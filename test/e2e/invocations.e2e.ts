import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { applyIstio } from './installation.ts';
import { isInjected, makeNamespace } from './pods.ts';

const assets = inject('assets');
const names = ['cart', 'front'];
const app = `# The shop.
${names
  .map(
    (name) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name} # not more than one
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
      - name: ${name}
        image: "example.com/${name}:1"
`,
  )
  .join('---\n')}---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: front}, ports: [{port: 80}]}
`;

/** What people write for istioctl, with the program's name changed; each in a namespace of its own. */
const lines: readonly (readonly [what: string, line: string])[] = [
  ['through a pipe', 'outrigger kube-inject -f app.yaml | kubectl apply -f -'],
  [
    'by a file in between',
    'outrigger kube-inject -f app.yaml -o app-injected.yaml && kubectl apply -f app-injected.yaml',
  ],
  [
    'of what is in the cluster already',
    'kubectl apply -f app.yaml && kubectl get deployment -o yaml | outrigger kube-inject -f - | kubectl apply -f -',
  ],
  ['by process substitution', 'kubectl apply -f <(outrigger kube-inject -f app.yaml)'],
  [
    'by three local files',
    `kubectl -n istio-system get cm istio-sidecar-injector -o jsonpath="{.data.config}" > inj-template.tmpl
     kubectl -n istio-system get cm istio -o jsonpath="{.data.mesh}" > mesh.yaml
     kubectl -n istio-system get cm istio-sidecar-injector -o jsonpath="{.data.values}" > values.json
     outrigger kube-inject --injectConfigFile inj-template.tmpl --meshConfigFile mesh.yaml --valuesFile values.json \\
       --filename app.yaml | kubectl apply -f -`,
  ],
];

describe.skipIf(assets === '')('kube-inject in front of kubectl', () => {
  let cluster: Cluster;
  let folder: string;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    folder = join(cluster.folder, 'shell');
    mkdirSync(folder);
    writeFileSync(join(folder, 'app.yaml'), app);
    const program = join(folder, 'outrigger');
    const script = join(inject('dist'), 'outrigger.js');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    chmodSync(program, 0o755);
  });
  afterAll(() => cluster?.stop());

  test.for(lines.map(([what, line], index) => [what, line, index] as const))(
    '%s',
    async ([, line, index]) => {
      const namespace = `shop-${index}`;
      await makeNamespace(cluster, namespace);
      const config = ['config', 'set-context', '--current', `--namespace=${namespace}`];
      await cluster.kubectl(config);
      await promisify(execFile)('bash', ['-o', 'pipefail', '-ec', line], {
        cwd: folder,
        env: {
          ...process.env,
          PATH: [folder, assets, process.env['PATH']].join(delimiter),
          KUBECONFIG: cluster.kubeconfig,
        },
      });
      const { items } = await cluster.get('deployments', '-n', namespace);
      const templates = (items as JsonObject[]).map(templateOf);
      expect(templates.map(({ name, injected }) => [name, injected])).toEqual(
        names.map((name) => [name, true]),
      );
    },
  );

  function templateOf({ metadata, spec }: JsonObject): { name: unknown; injected: boolean } {
    const name = isJsonObject(metadata) ? metadata['name'] : undefined;
    const template = isJsonObject(spec) ? spec['template'] : undefined;
    return { name, injected: isJsonObject(template) && isInjected(template) };
  }
});
