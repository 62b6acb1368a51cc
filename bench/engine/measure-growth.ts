import { parseTemplate } from '../../src/gotemplate/index.ts';
import { offlineConfiguration } from '../../src/inject/config/offline-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { builtInKinds, createInjector, type Injector } from '../../src/inject/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { splitDocuments } from '../../src/manifest/documents/split-documents.ts';
import { injectDocument } from '../../src/manifest/inject-document.ts';
import { answerTask } from '../measure/child-answer.ts';
import { medianOf, rounded } from '../measure/statistics.ts';
import { deployment } from '../pods/deployments.ts';
import { loadSettings, type SettingsFlags } from '../settings.ts';
import type { Growth, GrowthFigures } from './growth-section.ts';

/** What is measured at one size; made beforehand, so that making it does not count. */
type Work = () => unknown;

/** Work is repeated until it took so long, for there are clocks that tick slowly. */
const leastUs = 100_000;
/** So often before it counts: until the compiler has settled. */
const warmUps = 5;
/** How far above the factor the time may be. */
const tolerance = 1.2;

async function growthOf(factor: number, small: Work, large: Work, rounds: number): Promise<Growth> {
  for (const work of [small, large]) {
    for (let count = 0; count < warmUps; count++) await cpuOf(work);
  }
  const pairs: { small: number; large: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ small: await cpuOf(small), large: await cpuOf(large) });
  }
  const times = medianOf(pairs, (pair) => pair.large / pair.small);
  return {
    factor,
    smallUs: medianOf(pairs, (pair) => pair.small),
    largeUs: medianOf(pairs, (pair) => pair.large),
    times: rounded(times),
    linear: times <= factor * tolerance,
  };
}

/** CPU time of this process for the work, in microseconds. */
async function cpuOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 1; ; count++) {
    await work();
    const { user, system } = process.cpuUsage(before);
    if (user + system >= leastUs) return (user + system) / count;
  }
}

function injected(injector: Injector, pod: JsonObject): void {
  const { outcome } = injector.inject({ pod, namespace: 'default' });
  if (outcome !== 'injected') throw new Error(`a pod of the benchmark is ${outcome}`);
}

function podWith({ containers = 1, annotations = 0, variables = 0 }): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'grown',
      labels: { app: 'grown' },
      annotations: Object.fromEntries(many(annotations, (at) => [`acme.example/note-${at}`, 'x'])),
    },
    spec: {
      containers: many(containers, (at) => ({
        name: `app-${at}`,
        image: `registry.example/app-${at}:1.0`,
        ports: [{ containerPort: 3000 + at }],
        readinessProbe: { httpGet: { path: '/ready', port: 3000 + at } },
        env: many(variables, (number) => ({ name: `NAME_${number}`, value: `${number}` })),
      })),
    },
  };
}

function manifest(injector: Injector, text: string): Work {
  return async () => {
    for await (const document of splitDocuments([text])) {
      await injectDocument(document, injector, builtInKinds);
    }
  };
}

function documents(count: number, separator: string): string {
  return many(count, deployment).join(separator);
}

function list(count: number): string {
  const items = many(count, deployment).map((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
      .join('\n'),
  );
  return `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n`;
}

function longDocument(variables: number): string {
  const lines = many(variables, (at) => `        - name: NAME_${at}\n          value: "${at}"\n`);
  return deployment(1).replace(/( {8}- name: UPSTREAM\n)/, `${lines.join('')}$1`);
}

/** `define` blocks, which may stand in a template only once. */
const block = /^\{\{- define "[^"]+" \}\}\n[\s\S]*?^\{\{- end \}\}\n/gm;

function withoutBlocks(template: string): string {
  return template.replace(block, '');
}

function blocksOf(template: string): string {
  return (template.match(block) ?? []).join('');
}

function many<Item>(count: number, make: (at: number) => Item): Item[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

await answerTask<{ settings: SettingsFlags; rounds: number }>(async ({ settings, rounds }) => {
  const configuration = await loadSettings(settings);
  // Without learning: what grows is all of the work, and not what is left of it for pods seen before.
  const webhook = createInjector(configuration, 'webhook', { learn: false });
  const offline = createInjector(offlineConfiguration(configuration), 'offline');
  const template = configuration.config.templates.get('sidecar') ?? '';
  const inject = (pod: JsonObject): Work => {
    return () => injected(webhook, pod);
  };
  const cases: { [name: string]: [factor: number, work: (size: number) => Work] } = {
    'size of a template': [
      10,
      (size) => {
        const text = Array.from({ length: size }, () => withoutBlocks(template)).join('\n');
        const functions = createTemplateFunctions({ env: new Map() });
        return () => parseTemplate('inject', text + blocksOf(template), { functions });
      },
    ],
    containers: [20, (size) => inject(podWith({ containers: 5 * size }))],
    annotations: [20, (size) => inject(podWith({ annotations: 50 * size }))],
    'variables of a container': [20, (size) => inject(podWith({ variables: 20 * size }))],
    documents: [10, (size) => manifest(offline, documents(40 * size, '---\n'))],
    'items of a List': [10, (size) => manifest(offline, list(40 * size))],
    'lines of a document': [10, (size) => manifest(offline, longDocument(100 * size))],
  };
  const figures: { [name: string]: Growth } = {};
  for (const [name, [factor, work]] of Object.entries(cases)) {
    figures[name] = await growthOf(factor, work(1), work(factor), rounds);
  }
  return figures satisfies GrowthFigures;
});
