import { OutriggerError } from '../../errors.ts';
import { outputErrors } from '../documents/output-flags.ts';
import type { KubeInjectOptions } from './kube-inject-options.ts';

/**
 * Refuses combinations of flags that cannot work, before anything is opened. As with `istioctl`, these are
 * failures (exit code 1), not usage errors.
 */
export function checkOptions(options: KubeInjectOptions): void {
  const errors = [...outputErrors(options), ...sourceErrors(options)];
  if (errors.length > 1) throw new AggregateError(errors);
  if (errors[0]) throw errors[0];
}

function sourceErrors(options: KubeInjectOptions): OutriggerError[] {
  const { meshConfigFile, meshConfigMapName, operatorFileName } = options;
  const errors: OutriggerError[] = [];
  if (meshConfigMapName === '' && !meshConfigFile && !operatorFileName) {
    errors.push(
      new OutriggerError(
        'OUTRIGGER_CONFIG',
        '--meshConfigFile or --meshConfigMapName or --operatorFileName must be set',
        { hint: 'Without any of these flags, the built-in mesh configuration is used.' },
      ),
    );
  }
  if (operatorFileName) {
    errors.push(
      new OutriggerError('OUTRIGGER_CONFIG', '--operatorFileName is not supported', {
        hint: 'Put spec.values of the IstioOperator into a --valuesFile and spec.meshConfig into a --meshConfigFile.',
      }),
    );
  }
  return errors;
}
