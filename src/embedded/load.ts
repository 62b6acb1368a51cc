import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageInfo } from '../package.ts';
import { composeTemplate, readBlocks } from './compose-template.ts';

/** The texts of a configuration, as ConfigMaps hold them. */
export interface ConfigurationTexts {
  /** The injector configuration with its templates: key `config` of `istio-sidecar-injector`. */
  readonly config: string;
  /** Key `values` of the same. */
  readonly values: string;
  /** Key `mesh` of `istio`. */
  readonly mesh: string;
}

let loaded: ConfigurationTexts | undefined;

/**
 * The configuration that comes with Outrigger, out of templates/: one template a file, put together with
 * the blocks of templates/parts that it uses. Throws when the installation is broken.
 */
export function embeddedConfiguration(): ConfigurationTexts {
  loaded ??= load();
  return loaded;
}

function load(): ConfigurationTexts {
  const folder = join(packageInfo().root, 'templates');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const blocks = readdirSync(join(folder, 'parts'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => readBlocks(read(join('parts', name))));
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !notTemplates.has(name))
    .sort()
    .map((name) =>
      blockScalar(name.slice(0, -'.yaml'.length), composeTemplate(read(name), blocks)),
    );
  return {
    config: `policy: enabled\ndefaultTemplates: [sidecar]\ntemplates:\n${templates.join('')}`,
    values: read('values.yaml'),
    mesh: read('mesh.yaml'),
  };
}

/** A member of a mapping at column 2. As a block scalar, as in Istio's ConfigMap, a template is read fastest. */
function blockScalar(name: string, text: string): string {
  const [header, content] = text.endsWith('\n') ? ['|2+', text.slice(0, -1)] : ['|2-', text];
  return `  ${name}: ${header}\n    ${content.replaceAll('\n', '\n    ')}\n`;
}

const notTemplates: ReadonlySet<string> = new Set(['values.yaml', 'mesh.yaml']);
