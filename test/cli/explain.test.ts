import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCli, temporaryFolder } from './run-cli.ts';

const shop = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {istio-injection: "true"}
`;
const web = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
`;
const lit = shop.replace('"true"', 'enabled');

describe('explain for manifests', () => {
  test('goes by the Namespace objects in the input, wherever they stand', async () => {
    const before = await runCli(['explain', '-f', '-'], { stdin: `${lit}---\n${web}` });
    const after = await runCli(['explain', '-f', '-'], { stdin: `${web}---\n${lit}` });
    expect([before.code, before.stderr]).toEqual([0, '']);
    const withoutLines = ({ stdout }: { stdout: string }) => stdout.replaceAll(/:\d+\)/g, ')');
    expect(withoutLines(before)).toBe(withoutLines(after));
    expect(before.stdout).toContain('✓ pods of Deployment shop/web would be injected: ');
  });

  test('ends with 1 and the reason when there is no sidecar', async () => {
    const { code, stdout, stderr } = await runCli(['explain', '-f', '-'], {
      stdin: `${shop}---\n${web}`,
    });
    expect([code, stderr]).toEqual([1, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(
      '✗ pods of Deployment shop/web would be left without a sidecar: the namespace turns injection off  (<stdin>:8)',
    );
    expect(lines).toContain('   2 ✗ the namespace turns injection off');
    expect(lines).toContain(
      '       Namespace shop: metadata.labels["istio-injection"] is "true"  (<stdin>:5)',
    );
    expect(lines).toContain(
      '           kubectl label namespace shop istio-injection=enabled --overwrite',
    );
    expect(stdout).toContain('Mistakes noticed\n   ! istio-injection is "true"; only "enabled"');
  });

  test('takes namespaces and webhooks from a file', async () => {
    const folder = temporaryFolder();
    const never = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'ours', labels: { 'istio.io/rev': 'canary' } },
      webhooks: [
        {
          name: 'x.sidecar-injector.istio.io',
          namespaceSelector: { matchLabels: { 'istio.io/rev': 'canary' } },
          rules: [
            { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] },
          ],
        },
      ],
    };
    const around = folder.write('around.yaml', `${lit}---\n${JSON.stringify(never)}\n`);
    const app = folder.write('app.yaml', web);
    const { code, stdout } = await runCli([
      'explain',
      '-f',
      app,
      '--namespaces',
      around,
      '-o',
      'json',
    ]);
    expect(code).toBe(1);
    const { version, items } = JSON.parse(stdout);
    expect(version).toBe(1);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      source: `${app}:2`,
      exists: false,
      outcome: 'not-injected',
      now: 'not-injected',
      reason: 'revision-not-served',
      assumptions: [],
    });
  });

  test('says what it takes for granted', async () => {
    const { code, stdout } = await runCli(['explain', '-f', '-'], { stdin: web });
    expect(code).toBe(0);
    expect(stdout).toContain(
      '  ? nothing is known about namespace "shop", whose labels decide, too\n',
    );
    expect(stdout).toContain('  ? the webhooks are those of a default installation\n');
    expect(stdout).toContain('would be injected, if the namespace allows it');
  });

  test('prints the same as YAML and as JSON', async () => {
    const input = { stdin: `${shop}---\n${web}` };
    const json = await runCli(['explain', '-f', '-', '-o', 'json'], input);
    const yaml = await runCli(['explain', '-f', '-', '-o', 'yaml'], input);
    expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
  });

  test('explains a namespace when there is nothing else', async () => {
    const { code, stdout } = await runCli(['explain', '-f', '-'], { stdin: lit });
    expect(code).toBe(0);
    expect(stdout).toContain(
      '✓ pods of Namespace shop without labels of their own would be injected',
    );
    const table = stdout.slice(stdout.indexOf('LABELS OF A POD')).trim().split('\n');
    expect(table.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['LABELS OF A POD', 'OUTCOME', 'REVISION', 'REASON'],
      ['(none)', 'injected', 'default', 'namespace-enabled'],
      ['sidecar.istio.io/inject=true', 'injected', 'default', 'namespace-enabled'],
      ['sidecar.istio.io/inject=false', 'not-injected', '-', 'label-false'],
      ['istio.io/rev=default', 'injected', 'default', 'namespace-enabled'],
    ]);
  });

  test('takes lists apart, and pods out of a cluster as what they are', async () => {
    const pod = {
      metadata: { name: 'web-1', namespace: 'shop', uid: 'u' },
      spec: { containers: [] },
    };
    const list = { apiVersion: 'v1', kind: 'PodList', items: [pod] };
    const stdin = `${lit}---\n${JSON.stringify(list)}\n`;
    const { code, stdout } = await runCli(['explain', '-f', '-'], { stdin });
    expect(code).toBe(1);
    expect(stdout).toContain('Pod shop/web-1 was not injected, but would be injected now');
    expect(stdout).toContain('[came-without-sidecar]');
  });

  test('says on which line of a List something stands', async () => {
    const stdin = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata: {name: shop}
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
    namespace: shop
    labels:
      sidecar.istio.io/inject: "true"
  spec:
    template:
      spec: {containers: [{name: web, image: web}]}
`;
    const { stdout } = await runCli(['explain', '-f', '-', '-o', 'json'], { stdin });
    const [{ mistakes }] = JSON.parse(stdout).items;
    expect(mistakes).toMatchObject([{ code: 'label-on-workload', source: '<stdin>:13' }]);
  });

  test('gives no orders to terminals and shells that stand in names', async () => {
    const namespace = 'x\u001b]0;y\u0007 $(touch z)';
    const stdin = JSON.stringify([
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { 'istio-inject': '\u009b2J' } },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace, name: "a'b" },
        spec: { containers: [] },
      },
    ]);
    const list = `{"apiVersion":"v1","kind":"List","items":${stdin.replace('\u009b', '\\u009b')}}`;
    const { stdout } = await runCli(['explain', '-f', '-'], { stdin: list });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stdout).toContain(
      "kubectl label namespace 'x\\u001b]0;y\\u0007 $(touch z)' istio-injection=enabled",
    );
  });

  test('has colours only on a terminal', async () => {
    const folder = temporaryFolder();
    const file = folder.write('app.yaml', `${shop}---\n${web}`);
    const plain = await runCli(['explain', '-f', file]);
    const painted = await runCli(['explain', '-f', file], { colour: true });
    expect(painted.stdout).toContain('\u001b[31m✗\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are
    expect(painted.stdout.replace(/\u001b\[\d*m/g, '')).toBe(plain.stdout);
    expect(plain.stdout).not.toContain('\u001b');
  });

  test.each([
    ['nothing to explain', 'kind: Service\napiVersion: v1\n', 'there is no pod'],
    ['no YAML', 'a: [', '<stdin>:1'],
  ])('ends with 2 for %s', async (_what, stdin, message) => {
    const { code, stdout, stderr } = await runCli(['explain', '-f', '-'], { stdin });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test.each([
    [['explain'], 'filename not specified'],
    [['explain', 'web-1'], 'not the name of an object: "web-1"'],
    [['explain', 'pod/a/b'], 'not the name of an object: "pod/a/b"'],
    [['explain', 'deploymnt/web'], 'Did you mean deployment?'],
    [['explain', 'svc/web'], 'no kind with pods is called "svc"'],
    [['explain', 'pod/web', '-f', '-'], 'name either objects or files'],
  ])('ends with 2 for the command line %j', async (args, message) => {
    const { code, stderr } = await runCli(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('tells of kinds that it passes over although there is a pod template in them', async () => {
    const thing = web.replace('apps/v1', 'example.com/v1').replace('Deployment', 'Thing');
    const { stderr } = await runCli(['explain', '-f', '-'], { stdin: `${web}---\n${thing}` });
    expect(stderr).toContain("--pod-template 'example.com/Thing=spec.template' has it looked at");
    const told = await runCli(
      ['explain', '-f', '-', '--pod-template', 'example.com/Thing=spec.template'],
      { stdin: thing },
    );
    expect(told.stdout).toContain('pods of Thing shop/web would be injected');
  });
});
