import type { GoPointer, GoSource } from '../../gotemplate/value/model.ts';
import { GoStruct } from '../../gotemplate/value/model.ts';
import { encodeProxyConfigWithoutDefaults } from '../config/encode-proxy-config.ts';
import { proxyConfigMessage } from '../descriptor/well-known-messages.ts';
import { protoDurationText } from '../json/go-duration.ts';
import { goJsonNumber, goJsonString } from '../json/go-json-text.ts';
import type { Duration } from '../message.ts';
import { durationType } from './duration-view.ts';
import { messageType } from './message-view.ts';

const proxyConfigType = messageType(proxyConfigMessage);

/**
 * Template function `protoToJSON` on a pointer to any message: a proxy config without defaults, other
 * messages whole, `{}` for nil.
 */
export function protoToJson(message: GoPointer): string {
  const struct = message.target;
  if (!(struct instanceof GoStruct)) return '{}';
  const { type, source } = struct;
  if (type === proxyConfigType) return encodeProxyConfigWithoutDefaults(source);
  if (type === durationType) return `"${protoDurationText(source as unknown as Duration)}"`;
  return type.encodeJSON === undefined ? bareValue(type.name, source) : type.encodeJSON(source);
}

/** What is left are the wrappers, which are written as the value that they wrap. */
function bareValue(typeName: string, source: GoSource): string {
  const value = source['value'];
  if (typeof value === 'string') return goJsonString(value);
  if (typeName === 'wrapperspb.Int64Value') return `"${value ?? 0}"`;
  return typeof value === 'number' ? goJsonNumber(value) : String(value ?? 0);
}
