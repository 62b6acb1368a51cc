import { GoNamed } from '../value/model.ts';
import { formatValue } from './format-value.ts';

function isString(value: unknown): boolean {
  return typeof value === 'string' || (value instanceof GoNamed && typeof value.value === 'string');
}

/** Go's `fmt.Sprint`: a space between neighbours of which neither is a string. */
export function sprint(values: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0 && !isString(values[i]) && !isString(values[i - 1])) text += ' ';
    text += formatValue(values[i]);
  }
  return text;
}

/** Go's `fmt.Sprintln`: always a space between, a line break at the end. */
export function sprintln(values: readonly unknown[]): string {
  return `${values.map(formatValue).join(' ')}\n`;
}
