/**
 * The functions that injection templates can call: sprig's, with Istio's on top of them
 * (`pkg/kube/inject/template.go`). Exports: {@link createTemplateFunctions}, {@link istioFunctions}.
 */
import { type FunctionMap, stringType } from '../../gotemplate/index.ts';
import { createSprig } from '../../gotemplate/sprig/index.ts';
import { encodingFunctions } from './encodings.ts';
import { otelFunctions } from './otel.ts';
import { portFunctions } from './ports.ts';
import { stringMapFunctions } from './string-maps.ts';
import { textFunctions } from './texts.ts';

/** What functions may see of the world; the engine itself sees nothing of it. */
export interface FunctionWorld {
  /** Environment variables for `env` and `expandenv`. */
  readonly env?: ReadonlyMap<string, string>;
  /** The clock for `now` and what goes by it. */
  readonly now?: () => Date;
}

/** Istio's own table, without sprig's. */
export function istioFunctions(world: FunctionWorld = {}): FunctionMap {
  const { env = new Map<string, string>() } = world;
  return {
    ...stringMapFunctions,
    ...portFunctions,
    ...encodingFunctions,
    ...textFunctions,
    ...otelFunctions,
    /** An environment variable of the injector; the default when it is unset or empty. */
    env: {
      in: [stringType, stringType],
      out: stringType,
      call: (name: string, fallback: string) => env.get(name) || fallback,
    },
  };
}

/** Everything that a template can call beside the language's own functions. */
export function createTemplateFunctions(world: FunctionWorld = {}): FunctionMap {
  return { ...createSprig(world), ...istioFunctions(world) };
}
