/** Exports: {@link addValueOptions}, {@link addValueAndTrustOptions}. */
import { type Command, Option } from 'commander';
import { profileNames } from '../../settings/profiles.ts';

/** Adds the options behind `ValueFlags` to a command. */
export function addValueOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-v, --valuesFile <file>',
        'values for the templates, YAML, JSON or a ConfigMap with them; later ones go over earlier ones',
      ).argParser(collect),
    )
    .addOption(
      new Option('--profile <name>', 'ready-made settings below those of files').choices(
        profileNames,
      ),
    )
    .addOption(
      new Option(
        '--set <key=value>',
        "set single values: a.b=1,list={x,y},list[0]=x; null takes a default away; Helm's syntax",
      ).argParser(collect),
    )
    .addOption(new Option('--set-string <key=value>', 'the same, all text').argParser(collect))
    .addOption(
      new Option('--set-file <key=file>', 'set values to the text of files').argParser(collect),
    );
}

/** The same and `--trust-annotations`, for commands that inject. */
export function addValueAndTrustOptions(command: Command): Command {
  return addValueOptions(command).option(
    '--trust-annotations',
    'let text of a pod become structure of the injected YAML where a template does not quote it; Istio does',
  );
}

function collect(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value];
}
