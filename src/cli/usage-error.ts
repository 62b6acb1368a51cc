import { CommanderError } from 'commander';
import { OutriggerError } from '../errors.ts';

/** Endings of commander that are no errors: help and version were printed. */
const endings = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

/** True when commander only ended early because it had printed what was asked for. */
export function isEnding(error: unknown): boolean {
  return error instanceof CommanderError && endings.has(error.code);
}

/**
 * Turns what commander throws into a usage error in our words (`unknown flag: --x`, as `istioctl` says it);
 * anything else comes back as it is.
 */
export function toUsageError(error: unknown, commandLine: string): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [first = '', ...rest] = error.message.split('\n');
  const suggestion = /\((Did you mean .*\?)\)/.exec(rest.join('\n'))?.[1];
  const message = first
    .replace(/^error: /, '')
    .replace(/^unknown option '(.*)'$/, 'unknown flag: $1')
    .replace(/^unknown command '(.*)'$/, 'unknown command "$1"')
    .replace(/^command-argument value '(.*)' is invalid for argument '(.*)'\./, 'invalid $2 "$1".')
    .replace(/^option '(.*)' argument missing$/, 'flag needs an argument: $1')
    .replace(/^option '(.*)' argument '(.*)' is invalid\./, 'invalid argument "$2" for flag $1.');
  return new OutriggerError('OUTRIGGER_USAGE', message, {
    hint: [suggestion, `Run '${commandLine} --help' for what there is.`].filter(Boolean).join(' '),
  });
}
