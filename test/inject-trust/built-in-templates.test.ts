import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { modelSettings } from '../../src/lint/model-settings.ts';
import { applyMeshConfig } from '../../src/mesh/index.ts';
import { attempts } from './hostile-text.ts';
import { Attack } from './whole-templates.ts';

const embedded = embeddedConfiguration();
/** Those with all that is seldom used: they paste the most. */
const settings = modelSettings(parseGoYaml(embedded.values), true).slice(2);
const texts = attempts.map(([, text]) => text).filter((text) => text.length < 1000);

describe('the built-in templates', () => {
  it.each(settings)('keep hostile text in its place by themselves $name', (setting) => {
    const attack = new Attack(
      buildConfiguration({
        config: embedded.config,
        values: JSON.stringify(setting.values),
        mesh: applyMeshConfig(setting.mesh, applyMeshConfig(embedded.mesh)),
        hash: '',
        functions: createTemplateFunctions(),
        revision: 'default',
        nativeSidecars: setting.nativeSidecars,
        compliancePolicy: setting.compliancePolicy,
        platform: '',
        // Without the guard: it is for templates that do not quote.
        trust: { environment: new Map(), annotations: true },
      }),
    );
    attack.run(texts, 1);
    expect(attack.successes).toEqual([]);
    expect(attack.counts.injected).toBeGreaterThan(50);
  });
});
