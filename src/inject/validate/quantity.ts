const control = /\p{Cc}/u;
const shape = /^[+-]?[0-9]*(?:\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const units = new Set(['', ...'numkMGTPE', ...'KMGTPE'.split('').map((unit) => `${unit}i`)]);
const exponent = /^[eE][-+]?[0-9]{1,18}$/;

/**
 * What is wrong with a Kubernetes quantity (`k8s.io/apimachinery/pkg/api/resource`, ParseQuantity).
 * Control characters are refused first: a template would paste them into its YAML.
 */
export function quantityProblem(text: string): string | undefined {
  if (control.test(text)) return 'value contains control characters';
  const suffix = text === '' ? undefined : shape.exec(text)?.[1];
  if (suffix === undefined) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  return units.has(suffix) || exponent.test(suffix)
    ? undefined
    : "unable to parse quantity's suffix";
}
