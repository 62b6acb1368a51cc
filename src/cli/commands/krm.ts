import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import type { InjectionFlags } from '../documents/injection-flags.ts';
import { addAdmissionOptions, addInjectionOptions } from '../documents/injection-options.ts';
import { examples } from '../examples.ts';
import { runKrm } from '../krm/run-krm.ts';

const description = [
  'Inject as a KRM function: a ResourceList comes in on standard input and goes out on standard output, with the ' +
    'sidecar in its items, and what there is to say about them as results.',
  'The functionConfig may have the flags of this command as settings, by their names without dashes in front: ' +
    'under spec, or under data of a ConfigMap. They come before the flags. Nothing is sent anywhere.',
].join('\n\n');

/** `outrigger krm`. */
export function define(command: Command, context: CliContext): void {
  command.description(description);
  addAdmissionOptions(addInjectionOptions(command))
    .addHelpText(
      'after',
      examples([
        [
          'kustomize build --enable-alpha-plugins --enable-exec .',
          'with a transformer that runs "outrigger krm"; see examples/kustomize',
        ],
        ['kpt fn eval --exec "outrigger krm"', 'inject a kpt package'],
      ]),
    )
    .action((flags: InjectionFlags) => runKrm(flags, context));
}
