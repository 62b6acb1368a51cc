import { type Command, Option } from 'commander';
import { podSecurityLevels } from '../../pod-security/violation.ts';
import { addValueAndTrustOptions } from '../configuration/value-options.ts';

/** The option `-f`, which may be repeated. */
export function filenameOption(description: string): Option {
  return new Option('-f, --filename <file>', description).argParser(collect);
}

/** Adds the options that say where the configuration comes from, out of files. */
export function addConfigurationOptions(command: Command): Command {
  return addValueAndTrustOptions(command)
    .option(
      '--injectConfigFile <file>',
      'injector configuration, a single template, or a ConfigMap with one',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one')
    .option('-r, --revision <name>', 'revision of the control plane');
}

/** Adds the options behind `InjectionFlags` to a command, without `--as-admission`. */
export function addInjectionOptions(command: Command): Command {
  return addConfigurationOptions(command)
    .addOption(
      new Option(
        '--native-sidecars <when>',
        'proxies as native sidecars; true unless ENABLE_NATIVE_SIDECARS says false',
      ).choices(['true', 'false']),
    )
    .addOption(podTemplateOption());
}

/** The option `--pod-template`, which may be repeated. */
export function podTemplateOption(): Option {
  return new Option(
    '--pod-template <group/Kind=path>',
    'this kind has a pod template, too, such as apps.example.com/Thing=spec.template; may be repeated',
  ).argParser(collect);
}

/** Adds `--as-admission` and what belongs to it. */
export function addAdmissionOptions(command: Command): Command {
  return command
    .option(
      '--as-admission',
      'decide as the cluster would: by the policy and the selectors of the configuration and the labels of ' +
        'the namespaces',
    )
    .option(
      '--namespaces <file>',
      'Namespace objects to go by, besides those in the input; implies --as-admission',
    )
    .addOption(new Option('--cluster-rules').hideHelp());
}

/** Adds the options behind `ClusterSourceFlags`. */
export function addClusterSourceOptions(command: Command): Command {
  return command
    .option(
      '--from-cluster',
      "read from the cluster's ConfigMaps what no file is named for; the next five flags imply it",
    )
    .option('-c, --kubeconfig <file>', 'use the cluster of this kubeconfig, as kubectl does')
    .option('--context <name>', 'context of the kubeconfig')
    .option(
      '-i, --istioNamespace <name>',
      'namespace of the control plane, where the ConfigMaps are; istio-system when absent',
    )
    .option(
      '--injectConfigMapName <name>',
      'ConfigMap with the injector configuration and the values; else istio-sidecar-injector, or with -<revision>',
    )
    .option(
      '--meshConfigMapName <name>',
      'ConfigMap with the mesh configuration; else istio, or with -<revision>',
    );
}

/** The option `-n`. */
export function namespaceOption(): Option {
  return new Option(
    '-n, --namespace <name>',
    'namespace of objects that name none; counts with --as-admission',
  );
}

/** The option `-R`. */
export function recursiveOption(): Option {
  return new Option('-R, --recursive', 'with a directory, also what is in the directories below');
}

/** The option `--pod-security`. */
export function podSecurityOption(): Option {
  return new Option(
    '--pod-security <level>',
    'say what this level of the Pod Security Standards forbids in the injected pods',
  ).choices(podSecurityLevels);
}

/** Gathers the values of an option that may be repeated. */
function collect(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value];
}
