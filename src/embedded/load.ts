import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageInfo } from '../package.ts';

/** The texts of a configuration, as ConfigMaps hold them. */
export interface ConfigurationTexts {
  /** The injector configuration with its templates: key `config` of `istio-sidecar-injector`. */
  readonly config: string;
  /** Key `values` of the same. */
  readonly values: string;
  /** Key `mesh` of `istio`. */
  readonly mesh: string;
}

/**
 * The configuration that comes with Outrigger, out of templates/: one template a file, put together with
 * the blocks of templates/parts that it uses. Throws when the installation is broken.
 */
export function embeddedConfiguration(): ConfigurationTexts {
  const folder = join(packageInfo().root, 'templates');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const parts = readdirSync(join(folder, 'parts'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readPart(read(join('parts', name))));
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !notTemplates.has(name))
    .sort()
    .map((name) => [name.slice(0, -'.yaml'.length), withParts(read(name), parts)]);
  return {
    config: JSON.stringify({
      policy: 'enabled',
      defaultTemplates: ['sidecar'],
      templates: Object.fromEntries(templates),
    }),
    values: read('values.yaml'),
    mesh: read('mesh.yaml'),
  };
}

const notTemplates: ReadonlySet<string> = new Set(['values.yaml', 'mesh.yaml']);

/** A file of named blocks. */
interface Part {
  readonly text: string;
  readonly defines: readonly string[];
}

function readPart(text: string): Part {
  return { text, defines: namesAfter('define', text) };
}

/** Puts the parts in front of a template that it uses, itself or through other parts. */
function withParts(template: string, parts: readonly Part[]): string {
  const used = new Set<Part>();
  const waiting = namesAfter('template', template);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const block = name;
    const part = parts.find(({ defines }) => defines.includes(block));
    if (!part || used.has(part)) continue;
    used.add(part);
    waiting.push(...namesAfter('template', part.text));
  }
  return parts
    .filter((part) => used.has(part))
    .map(({ text }) => text)
    .concat(template)
    .join('');
}

function namesAfter(action: 'define' | 'template', text: string): string[] {
  return [...text.matchAll(new RegExp(`\\{\\{-?\\s*${action}\\s+"([^"]+)"`, 'g'))].map(
    ([, name = '']) => name,
  );
}
