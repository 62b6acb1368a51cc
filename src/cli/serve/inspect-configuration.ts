import type { InForce } from '../../serving/configuration-holder.ts';
import { warmUp } from './warm-up.ts';

/** Tries out a configuration; says what is odd about it without keeping it from working. */
export function inspectConfiguration({ configuration, injector }: InForce): readonly string[] {
  const { policy, templates } = configuration.config;
  const warnings: string[] = [];
  if (policy !== 'enabled' && policy !== 'disabled') {
    warnings.push(
      `no pod will be injected: the policy of the injector configuration is ${JSON.stringify(policy)}, not enabled or disabled`,
    );
  }
  if (templates.size === 0) warnings.push('the injector configuration has no templates');
  const warning = warmUp(injector);
  if (warning !== undefined) warnings.push(warning);
  return warnings;
}
