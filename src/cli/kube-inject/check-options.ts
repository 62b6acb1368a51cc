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
  const { meshConfigFile, injectConfigFile, meshConfigMapName, operatorFileName } = options;
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
  const asked = clusterFlags(options);
  if (asked.length > 0 && !(injectConfigFile && meshConfigFile)) {
    errors.push(
      new OutriggerError(
        'OUTRIGGER_CLUSTER',
        `${asked.join(', ')}: the configuration cannot be read from a cluster yet`,
        {
          hint:
            'Save the ConfigMaps with kubectl get configmap istio-sidecar-injector istio -n istio-system -o yaml, ' +
            'and name that file with both --injectConfigFile and --meshConfigFile.',
        },
      ),
    );
  }
  return errors;
}

/** The flags that only make sense when the configuration is to come from a cluster. */
function clusterFlags(options: KubeInjectOptions): string[] {
  const { meshConfigMapName, injectConfigMapName, kubeconfig, context } = options;
  const flags = {
    '--meshConfigMapName': meshConfigMapName,
    '--injectConfigMapName': injectConfigMapName,
    '--kubeconfig': kubeconfig,
    '--context': context,
  };
  return Object.entries(flags).flatMap(([flag, value]) => (value ? [flag] : []));
}
