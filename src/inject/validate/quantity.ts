import { parseQuantity, QuantityError } from '../../schema/index.ts';

const control = /\p{Cc}/u;

/**
 * What is wrong with a resource quantity. Control characters are refused first: a template would paste them
 * into its YAML.
 */
export function quantityProblem(text: string): string | undefined {
  if (control.test(text)) return 'value contains control characters';
  try {
    parseQuantity(text);
    return undefined;
  } catch (error) {
    if (error instanceof QuantityError) return error.message;
    throw error;
  }
}
