import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CreateOptions, ShowOptions } from '../certs/certs-options.ts';
import { commaList } from '../comma-list.ts';
import type { CliContext } from '../context.ts';
import { examples } from '../examples.ts';

const defaultFolder = 'certs';

/** `outrigger certs`: certificates by hand. */
export function define(command: Command, context: CliContext): void {
  command.description(
    'Make serving certificates by hand, and look at certificates. In a cluster the server looks after them itself.',
  );
  defineCreate(command.command('create'), context);
  defineShow(command.command('show'), context);
  command.addHelpText('after', examples([...createExamples, ...showExamples]));
}

const createExamples = [
  ['outrigger certs create', 'an authority and a serving certificate, in the folder certs'],
  [
    'outrigger serve --tlsCertFile certs/tls.crt --tlsKeyFile certs/tls.key --caCertFile certs/ca.crt',
    'serve with them',
  ],
] as const;

function defineCreate(command: Command, context: CliContext): void {
  command
    .summary('make a certificate authority and a serving certificate')
    .description(
      'Make a certificate authority and a serving certificate for a Service: ca.crt, ca.key, tls.crt and tls.key. ' +
        'Prints the names of the files.',
    )
    .option('--dir <folder>', 'folder to write to', defaultFolder)
    .option('--service <name>', 'Service that the API server calls', 'outrigger')
    .option('-n, --namespace <name>', 'namespace of the Service', 'istio-system')
    .option('--tls-names <names>', 'more names, with commas in between', commaList, [])
    .option('--days <number>', 'how long authority and certificate are valid', days, 365)
    .option('--force', 'replace files that exist')
    .addHelpText('after', examples(createExamples))
    .action(async (options: CreateOptions) => {
      const { createCertificates } = await import('../certs/create-certificates.ts');
      await createCertificates(options, context, new Date());
    });
}

const showExamples = [
  ['outrigger certs show', 'what is in the folder certs'],
  ['outrigger certs show localhost:15017 -o json', 'what a server presents, for scripts'],
] as const;

function defineShow(command: Command, context: CliContext): void {
  command
    .summary('print what is in certificates')
    .description(
      'Print subject, names, issuer, validity and fingerprint of the certificates in a file, in the files of a ' +
        'folder, or those that a server presents. Private keys are never read.',
    )
    .argument('[targets...]', `files, folders, or host:port; ${defaultFolder} when absent`)
    .addOption(new Option('-o, --output <format>', 'print as json').choices(['json']))
    .addHelpText('after', examples(showExamples))
    .action(async (targets: string[], options: ShowOptions) => {
      const { showCertificates } = await import('../certs/show-certificates.ts');
      const all = targets.length === 0 ? [defaultFolder] : targets;
      await showCertificates(all, options, context, new Date());
    });
}

function days(text: string): number {
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= 1 && number <= 36_500) return number;
  throw new InvalidArgumentError('It must be a number from 1 to 36500.');
}
