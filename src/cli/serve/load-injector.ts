import { createInjector } from '../../inject/index.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { CliContext } from '../context.ts';
import type { LoadedInjector } from './loaded-injector.ts';
import type { ServeOptions } from './serve-options.ts';
import { warmUp } from './warm-up.ts';

/**
 * Makes the injector that the flags ask for.
 *
 * @throws OutriggerError when the configuration cannot be read, or is wrong
 */
export async function loadInjector(
  options: ServeOptions,
  context: CliContext,
): Promise<LoadedInjector> {
  const { env } = context;
  const native = nativeSidecars(options.nativeSidecars ?? env['ENABLE_NATIVE_SIDECARS'] ?? 'auto');
  const { configuration, description, notes } = await loadConfiguration(
    { ...options, revision: options.revision ?? env['REVISION'] ?? '' },
    { nativeSidecars: native.on, env },
  );
  const { policy, templates } = configuration.config;
  const warnings = [...native.warnings, ...notes];
  if (policy !== 'enabled' && policy !== 'disabled') {
    warnings.push(
      `no pod will be injected: the policy of the injector configuration is ${JSON.stringify(policy)}, not enabled or disabled`,
    );
  }
  if (templates.size === 0) warnings.push('the injector configuration has no templates');
  const injector = createInjector(configuration);
  const warning = warmUp(injector);
  if (warning !== undefined) warnings.push(warning);
  return { injector, description, nativeSidecars: native.on, warnings };
}

/** `true`, `false` or `auto`; what else the environment may hold counts as `false` (`pilot/pkg/features`). */
function nativeSidecars(wish: string): { on: boolean; warnings: string[] } {
  switch (wish) {
    case 'true':
    // There is no cluster to ask about its nodes, and every supported Kubernetes has native sidecars.
    case 'auto':
      return { on: true, warnings: [] };
    case 'false':
      return { on: false, warnings: [] };
    default:
      return {
        on: false,
        warnings: [
          `ENABLE_NATIVE_SIDECARS is neither true, false nor auto: ${JSON.stringify(wish)}`,
        ],
      };
  }
}
