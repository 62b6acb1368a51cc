import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { yardstick } from './conformance-folder.ts';
import {
  disagreement,
  readVectors,
  type TemplateVector,
  variantDisagreement,
} from './template-vectors.ts';

interface RenderVector extends TemplateVector {
  readonly templateRef: string;
  readonly templateSha256: string;
}

const path = yardstick('data', 'go-template-istio-renders.json');
const configMap = yardstick('data', 'istio', 'configmap-istio-sidecar-injector.yaml');

describe.skipIf(path === undefined || configMap === undefined)(
  "renders of Istio's own templates (data/go-template-istio-renders.json)",
  () => {
    const renders =
      path === undefined ? [] : (readVectors(path) as unknown as readonly RenderVector[]);
    const manifest = configMap === undefined ? '{}' : readFileSync(configMap, 'utf8');
    const { config } = (parseGoYaml(manifest) as { data?: JsonObject }).data ?? { config: '' };
    const { templates } = parseInjectorConfig(String(config));
    const istio = createTemplateFunctions({ env: new Map([['GOTPL_SET', 'from-env']]) });

    it.each(renders.map((render) => [render.name, render] as const))('%s', (_name, render) => {
      const text = templates.get(render.templateRef) ?? '';
      expect(createHash('sha256').update(text).digest('hex')).toBe(render.templateSha256);
      for (const run of [disagreement, variantDisagreement]) {
        const found = run(render, { builtin: {}, sprig: istio, istio }, text);
        expect(found?.actual).toBe(found?.expected);
      }
    });
  },
);
