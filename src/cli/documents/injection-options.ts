import { type Command, Option } from 'commander';
import { podSecurityLevels } from '../../pod-security/violation.ts';

/** The option `-f`, which may be repeated. */
export function filenameOption(description: string): Option {
  return new Option('-f, --filename <file>', description).argParser(collect);
}

/** Adds the options behind `InjectionFlags` to a command, without `--cluster-rules`. */
export function addInjectionOptions(command: Command): Command {
  return command
    .option(
      '--injectConfigFile <file>',
      'injector configuration, a single template, or a ConfigMap with one',
    )
    .option('--meshConfigFile <file>', 'mesh configuration, or a ConfigMap with one')
    .option('--valuesFile <file>', 'values for the templates, JSON or YAML')
    .option('-r, --revision <name>', 'revision of the control plane')
    .addOption(
      new Option(
        '--native-sidecars <when>',
        'proxies as native sidecars; true unless ENABLE_NATIVE_SIDECARS says false',
      ).choices(['true', 'false']),
    )
    .addOption(
      new Option(
        '--pod-template <group/Kind=path>',
        'this kind has a pod template, too, such as apps.example.com/Thing=spec.template; may be repeated',
      ).argParser(collect),
    );
}

/** Adds `--cluster-rules`. */
export function addClusterRulesOption(command: Command): Command {
  return command.option(
    '--cluster-rules',
    'go by the policy and the selectors of the configuration, as the webhook does',
  );
}

/** The option `--pod-security`. */
export function podSecurityOption(): Option {
  return new Option(
    '--pod-security <level>',
    'say what this level of the Pod Security Standards forbids in the injected pods',
  ).choices(podSecurityLevels);
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value];
}
