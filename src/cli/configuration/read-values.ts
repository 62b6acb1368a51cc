/** Exports: {@link readValues}, {@link ValuesBase}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';
import { parseValues } from '../../mesh/index.ts';
import { layValues, mergeValues } from '../../settings/merge-values.ts';
import { profileText } from '../../settings/profiles.ts';
import { setValues } from '../../settings/set-values.ts';
import type { ValueFlags } from '../../settings/value-flags.ts';
import { blame } from './blame-file.ts';
import { configMapData } from './config-map.ts';
import { withLineOfValue } from './line-of-value.ts';
import type { SourceText } from './read-sources.ts';
import { type ReadText, readTextFile } from './read-text-file.ts';

/** What the values of flags are laid over. */
export interface ValuesBase {
  /** Values that hold unless flags say otherwise. */
  readonly text: string;
  /** A file with values takes their place, as with `istioctl`; without it, it is laid over them. */
  readonly replaced: boolean;
}

/** Values, and each of the texts that people have written for them. */
export interface ReadValues {
  /** All of them together. */
  readonly source: SourceText;
  readonly layers: readonly SourceText[];
}

/**
 * Puts the values together that flags make up: profile, files in their order, single settings. Undefined when the
 * flags say nothing about values. Throws OutriggerError that names the file or the flag.
 */
export function readValues(
  flags: ValueFlags,
  base: () => ValuesBase,
  readText: ReadText = readTextFile,
): ReadValues | undefined {
  const { profile } = flags;
  // Scripts pass an empty name for none.
  const valuesFile = (flags.valuesFile ?? []).filter((name) => name !== '');
  const setting = [flags.set, flags.setString, flags.setFile].some((list) => list?.length);
  if (valuesFile.length === 0 && profile === undefined && !setting) return undefined;

  const files = valuesFile.map((file) => readValuesFile(file, readText));
  const { text: baseText, replaced } = base();
  const onBase = !(replaced && files.length > 0);
  const [only, ...more] = files;
  if (only !== undefined && more.length === 0 && !onBase && profile === undefined && !setting) {
    // As it stands, so that an error shows its line.
    return { source: only, layers: files };
  }
  const layers = [
    ...(profile === undefined || profile === 'default'
      ? []
      : [{ text: profileText(profile), file: undefined, fileText: undefined }]),
    ...files,
  ];
  const written = layers.reduce<JsonValue>(
    (values, layer) => layValues(values, readLayer(layer)),
    {},
  );
  const all = setValues(written, flags, readText);
  const merged = onBase ? mergeValues(parseGoYaml(baseText), all) : all;
  const names = files.flatMap(({ file }) => file ?? []);
  const file = names.length === 0 ? undefined : names.join(', ');
  const source = { text: JSON.stringify(merged), file, fileText: undefined };
  const settings = { text: JSON.stringify(setValues({}, flags, () => '')), ...flagsAsFile };
  return { source, layers: setting ? [...files, settings] : files };
}

const flagsAsFile = { file: '--set', fileText: undefined };

function readValuesFile(file: string, readText: ReadText): SourceText {
  const fileText = readText(file);
  return { text: configMapData(fileText, 'values')?.values ?? fileText, file, fileText };
}

/** Reads a layer by itself: what is wrong with it is this file's fault. */
function readLayer(layer: SourceText): JsonValue {
  try {
    parseValues(layer.text);
    const values = parseGoYaml(layer.text);
    return isJsonObject(values) ? values : {};
  } catch (error) {
    throw withLineOfValue(blame(layer, error, layer.text), layer);
  }
}
