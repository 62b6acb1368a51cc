const lower = /[a-z]/;
const digit = /[0-9]/;

/** `proxyAdminPort` as it stands in a .proto file: `proxy_admin_port`. */
export function snakeCase(jsonName: string): string {
  return jsonName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * The Go name of a field, as protoc-gen-go makes it (internal/strs, GoCamelCase): an underscore before a
 * lower-case letter goes, one before a digit stays, so `consecutive_5xx_errors` is `Consecutive_5XxErrors`.
 */
export function goCamelCase(protoName: string): string {
  let out = '';
  for (let at = 0; at < protoName.length; ) {
    const char = protoName.charAt(at);
    if (char === '_' && lower.test(protoName.charAt(at + 1))) {
      at++;
    } else if (digit.test(char) || char === '_') {
      out += char;
      at++;
    } else {
      out += char.toUpperCase();
      at++;
      while (lower.test(protoName.charAt(at))) out += protoName.charAt(at++);
    }
  }
  return out;
}

/** Go's name of a message or enum: `istio.mesh.v1alpha1.Tracing.Zipkin` is `v1alpha1.Tracing_Zipkin`. */
export function goTypeName(fullName: string): string {
  const match = /(?:^|\.)(v\d\w*)\.(.+)$/.exec(fullName);
  const [, version = '', path = fullName] = match ?? [];
  return `${version}.${path.replaceAll('.', '_')}`;
}
