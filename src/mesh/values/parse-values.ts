import { OutriggerError } from '../../errors.ts';
import { parseGoYaml } from '../../goyaml/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import { valuesMessage } from '../descriptor/well-known-messages.ts';
import { readFailure } from '../json/read-failure.ts';
import { readMessage } from '../json/read-message.ts';
import type { Message } from '../message.ts';

/** The values that code reads. */
export interface TypedValues {
  readonly hub: string;
  /** As it stands in the text: any JSON, null when it says null, undefined when absent. */
  readonly tag: JsonValue | undefined;
  readonly variant: string;
  readonly proxyImage: string;
  readonly proxyInitImage: string;
  readonly clusterName: string;
  readonly network: string;
  readonly holdApplicationUntilProxyStarts: boolean | undefined;
  readonly rewriteAppHttpProbe: boolean | undefined;
}

/** Values, read twice: typed for code, as a plain map for templates. */
export interface Values {
  readonly typed: TypedValues;
  /** `.Values` of the templates; frozen at every depth. */
  readonly map: JsonObject;
}

/** The messages of operator/pkg/apis/values_types.proto, as far as code reads them. */
interface ValuesMessage extends Message {
  readonly global?: {
    readonly hub?: string;
    readonly tag?: JsonValue;
    readonly variant?: string;
    readonly network?: string;
    readonly proxy?: {
      readonly image?: string;
      readonly holdApplicationUntilProxyStarts?: boolean;
    };
    readonly proxy_init?: { readonly image?: string };
    readonly multiCluster?: { readonly clusterName?: string };
  };
  readonly sidecarInjectorWebhook?: { readonly rewriteAppHTTPProbe?: boolean };
}

/** All pods see the same values, so no template may change them. */
function freezeDeep<T extends JsonValue>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freezeDeep(member as JsonValue);
  return Object.freeze(value);
}

/**
 * Reads the values text (YAML or JSON). A member that upstream knows must have upstream's type; unknown
 * members are for the templates. Empty text gives an empty map. Throws OutriggerError `OUTRIGGER_VALUES`
 * `could not parse configuration values: …`, with the path of the member that is wrong.
 */
export function parseValues(
  text: string,
  readYaml: (text: string) => JsonValue = parseGoYaml,
): Values {
  try {
    const json = readYaml(text);
    const typed = typedValues(readMessage<ValuesMessage>(valuesMessage, json, {}));
    // Whatever is neither an object nor null has failed by now.
    return { typed, map: freezeDeep(isJsonObject(json) ? json : {}) };
  } catch (error) {
    const { message, place } = readFailure(error);
    throw new OutriggerError(
      'OUTRIGGER_VALUES',
      `could not parse configuration values: ${message}`,
      {
        place,
        hint: place.path
          ? `Give ${place.path} the type that the Istio charts give it.`
          : 'The values have to be one YAML or JSON object.',
        cause: error,
      },
    );
  }
}

function typedValues({ global, sidecarInjectorWebhook }: ValuesMessage): TypedValues {
  return {
    hub: global?.hub ?? '',
    tag: global?.tag,
    variant: global?.variant ?? '',
    proxyImage: global?.proxy?.image ?? '',
    proxyInitImage: global?.proxy_init?.image ?? '',
    clusterName: global?.multiCluster?.clusterName ?? '',
    network: global?.network ?? '',
    holdApplicationUntilProxyStarts: global?.proxy?.holdApplicationUntilProxyStarts,
    rewriteAppHttpProbe: sidecarInjectorWebhook?.rewriteAppHTTPProbe,
  };
}
