/** Exports: {@link profileNames}, {@link profileText}. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OutriggerError } from '../errors.ts';
import { packageInfo } from '../package.ts';

/** Ready-made settings in templates/profiles, to be laid over templates/values.yaml. */
export const profileNames = ['default', 'cni', 'minimal', 'openshift', 'fips'] as const;

/** The values of a profile, as YAML. Throws OutriggerError `OUTRIGGER_USAGE` for a name that is none. */
export function profileText(name: string): string {
  if (!profileNames.some((known) => known === name)) {
    throw new OutriggerError('OUTRIGGER_USAGE', `there is no profile "${name}"`, {
      hint: `Choose one of ${profileNames.join(', ')}.`,
    });
  }
  return readFileSync(join(packageInfo().root, 'templates', 'profiles', `${name}.yaml`), 'utf8');
}
