/** Exports: {@link withSettings}. */
import { OutriggerError } from '../../errors.ts';
import type { InjectorTexts, Reading, Source } from '../../serving/source.ts';
import type { ValueFlags } from '../../settings/value-flags.ts';
import { readValues } from '../configuration/read-values.ts';

/** A source whose values have the flags' profile and single settings laid over them. */
export function withSettings(
  source: Source<InjectorTexts>,
  { profile, set, setString, setFile }: ValueFlags,
): Source<InjectorTexts> {
  const flags = { profile, set, setString, setFile };
  // Now, and not at the first reading: flags that are wrong are told at once.
  if (readValues(flags, () => ({ text: '{}', replaced: false })) === undefined) return source;
  return {
    description: source.description,
    listen: (changed) => source.listen(changed),
    stop: () => source.stop(),
    read() {
      const reading = source.read();
      return reading.state === 'there' ? laidOver(reading.value, flags) : reading;
    },
  };
}

function laidOver(texts: InjectorTexts, flags: ValueFlags): Reading<InjectorTexts> {
  const { text, blame } = texts.values;
  try {
    const values = readValues(flags, () => ({ text, replaced: false }));
    return {
      state: 'there',
      value: { ...texts, values: { text: values?.source.text ?? text, blame } },
    };
  } catch (thrown) {
    const error = blame(thrown);
    if (error instanceof OutriggerError) return { state: 'wrong', error };
    throw thrown;
  }
}
