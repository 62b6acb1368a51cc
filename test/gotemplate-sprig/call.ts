import { parseTemplate } from '../../src/gotemplate/index.ts';
import { createSprig, type SprigOptions, sprig } from '../../src/gotemplate/sprig/index.ts';

/** Output of a template that can use sprig, or `error: ` and what the function said. */
export function render(template: string, data: unknown = {}, options?: SprigOptions): string {
  const functions = options === undefined ? sprig : createSprig(options);
  try {
    return parseTemplate('t', template, { functions }).execute(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `error: ${message.replace(/^.*?: error calling /s, '')}`;
  }
}

/** Calls a function with template values, past the engine's check of the arguments. */
export function call(name: string, ...args: readonly unknown[]): unknown {
  const fn = sprig[name];
  if (fn === undefined) throw new Error(`there is no function ${name}`);
  return (fn.call as (...args: readonly unknown[]) => unknown)(...args);
}
