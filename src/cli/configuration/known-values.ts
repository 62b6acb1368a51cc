/** Exports: {@link documentedValues}. */
import { embeddedConfiguration } from '../../embedded/load.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import {
  bothValues,
  istioValues,
  type KnownValues,
  valuesInUse,
} from '../../settings/known-values.ts';

/** The names of the documented values, and of those that Istio's charts have. */
export function documentedValues(): KnownValues {
  // The documented ones first: they make the better suggestions.
  return bothValues(valuesInUse(parseGoYaml(embeddedConfiguration().values)), istioValues());
}
