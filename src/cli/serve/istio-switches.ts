/** Istio's environment variables that turn parts of an injector off. Exports: {@link readSwitches}. */
import { parseBool } from '../../inject/parse-bool.ts';
import type { CliContext } from '../context.ts';
import type { ServeOptions } from './serve-options.ts';

/** The flags with what the environment turns off. */
export interface Switches {
  readonly options: ServeOptions;
  /** `INJECT_ENABLED`: whether any pod is injected at all. */
  readonly injects: boolean;
  /** What is turned off, for people. */
  readonly notes: readonly string[];
}

/**
 * Reads `INJECT_ENABLED` and `INJECTION_WEBHOOK_CONFIG_NAME` (`pilot/pkg/bootstrap/sidecarinjector.go`). Of the
 * latter only counts whether it is empty; one that is not there has a default.
 */
export function readSwitches(options: ServeOptions, env: CliContext['env']): Switches {
  // What is no truth value counts as the default (`pkg/env/var.go`).
  const injects = parseBool(env['INJECT_ENABLED'] ?? '') ?? true;
  const noName = env['INJECTION_WEBHOOK_CONFIG_NAME'] === '';
  const notes = [
    ...(injects
      ? []
      : ['injection is turned off (INJECT_ENABLED): pods are let through as they are']),
    ...(injects && noName
      ? ['caBundle is left to others (INJECTION_WEBHOOK_CONFIG_NAME is empty)']
      : []),
  ];
  const manageWebhook = (options.manageWebhook ?? true) && injects && !noName;
  return { options: { ...options, manageWebhook }, injects, notes };
}
