/**
 * The syntax of label keys and values (`k8s.io/apimachinery/pkg/api/validate/content`).
 * Exports: {@link isLabelKey}, {@link isLabelValue}.
 */

const name = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const domain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A name of at most 63 characters, with an optional DNS subdomain and slash in front. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash >= 0) {
    const prefix = key.slice(0, slash);
    if (prefix.length > 253 || !domain.test(prefix)) return false;
  }
  const rest = key.slice(slash + 1);
  return rest.length <= 63 && name.test(rest);
}

/** At most 63 characters of the same alphabet, or nothing. */
export function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && name.test(value));
}
