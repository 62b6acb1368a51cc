import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from './json.ts';

/** The package as it is installed: its folder and its version. */
export interface PackageInfo {
  readonly root: string;
  readonly version: string;
}

let found: PackageInfo | undefined;

/**
 * Finds the folder that holds package.json, upwards from this module: two levels up in the sources, one or
 * two in the bundle. Throws when the installation is broken.
 */
export function packageInfo(): PackageInfo {
  found ??= lookUpwards(import.meta.dirname);
  return found;
}

function lookUpwards(start: string): PackageInfo {
  for (let folder = start; ; folder = dirname(folder)) {
    const info = readPackage(folder);
    if (info) return info;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${start}`);
  }
}

function readPackage(root: string): PackageInfo | undefined {
  let text: string;
  try {
    text = readFileSync(join(root, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  const parsed: unknown = JSON.parse(text);
  if (!isJsonObject(parsed) || parsed.name !== 'outrigger') return undefined;
  return { root, version: String(parsed.version) };
}
