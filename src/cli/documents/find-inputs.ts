import { globSync, readdirSync, type Stats, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { OutriggerError } from '../../errors.ts';
import { fileError } from '../configuration/read-text-file.ts';
import { isUrl } from './input-names.ts';

/** What counts as a manifest in a directory; a file that is named itself may be called anything. */
const extensions = new Set(['.json', '.yaml', '.yml']);

const kustomizations = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/**
 * Resolves the values of `-f` as kubectl does: a directory stands for the manifests in it, a pattern for what
 * matches it, in the order of their names. `-`, URLs and names of files stay; so do names that do not exist, for
 * reading them tells that best.
 *
 * @throws OutriggerError `OUTRIGGER_FILE`, or AggregateError of them: for a directory without manifests or with
 * a kustomization, or a pattern that nothing matches
 */
export function findInputs(
  names: readonly string[],
  { recursive = false }: { readonly recursive?: boolean | undefined } = {},
): string[] {
  const errors: unknown[] = [];
  const found = names.flatMap((name) => {
    try {
      return inputsOf(name, recursive);
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) throw new AggregateError(errors);
  return found;
}

function inputsOf(name: string, recursive: boolean): string[] {
  if (name === '-' || isUrl(name)) return [name];
  const stats = statOf(name);
  if (stats?.isDirectory()) return manifestsOf(name, recursive);
  if (stats || !/[*?[{]/.test(name)) return [name];
  const matches = globSync(name).sort();
  if (matches.length === 0) {
    throw new OutriggerError('OUTRIGGER_FILE', `nothing matches ${name}`, {
      hint: 'Check the pattern; it is relative to the working directory.',
    });
  }
  return matches.flatMap((match) =>
    statOf(match)?.isDirectory() ? manifestsOf(match, recursive) : [match],
  );
}

function manifestsOf(directory: string, recursive: boolean): string[] {
  const found = walk(directory, recursive);
  if (found.length > 0) return found;
  throw new OutriggerError('OUTRIGGER_FILE', `${directory}: no manifest in this directory`, {
    hint: recursive
      ? 'Files that end in .yaml, .yml and .json are looked for.'
      : 'Files that end in .yaml, .yml and .json are looked for; with -R in the directories below, too.',
  });
}

/** Links to directories are not followed: they could lead in circles. */
function walk(directory: string, recursive: boolean): string[] {
  const entries = entriesOf(directory);
  if (entries.some((entry) => !entry.isDirectory() && kustomizations.has(entry.name))) {
    throw new OutriggerError('OUTRIGGER_FILE', `${directory}: this is a kustomization`, {
      hint: `What it stands for is injected by: kustomize build ${directory} | outrigger kube-inject -f -`,
    });
  }
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return recursive ? walk(path, recursive) : [];
    return extensions.has(extname(entry.name)) && !statOf(path)?.isDirectory() ? [path] : [];
  });
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    );
  } catch (error) {
    throw fileError(directory, error);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
