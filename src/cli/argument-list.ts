import type { Option } from 'commander';
import { OutriggerError } from '../errors.ts';

/**
 * Command lines as Go programs write them, brought into the form that commander reads: `-f=x` is `-f x`,
 * and a flag without a value may still be given one, `--insecure=false`. Scripts written for `istioctl`
 * count on it. Throws `OUTRIGGER_USAGE` when such a value is neither true nor false.
 */
export function readGoFlags(args: readonly string[], options: readonly Option[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      result.push(...args.slice(i));
      break;
    }
    const split = /^(--[^=]+|-[^-=])=(.*)$/s.exec(arg);
    const name = split?.[1] ?? arg;
    const value = split?.[2];
    const option = options.find((candidate) => candidate.long === name || candidate.short === name);
    if (!option) {
      result.push(arg);
    } else if (option.required) {
      // The value may look like a flag (`-o -f=x`): it is passed over together with its flag.
      result.push(name, ...(value !== undefined ? [value] : args.slice(i + 1, i + 2)));
      if (value === undefined) i++;
    } else if (value === undefined || isTrue(value, name)) {
      result.push(name);
    }
  }
  return result;
}

/** What `strconv.ParseBool` takes. */
function isTrue(text: string, flag: string): boolean {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  if (/^(0|f|F|FALSE|false|False)$/.test(text)) return false;
  throw new OutriggerError('OUTRIGGER_USAGE', `invalid argument "${text}" for flag ${flag}`, {
    hint: 'Say true or false.',
  });
}

/**
 * Moves flags that stand before the command behind it (`istioctl -n shop kube-inject …` is as good as
 * `istioctl kube-inject -n shop …`). Left alone when no argument is the name of a command.
 */
export function commandFirst(args: readonly string[], names: ReadonlySet<string>): string[] {
  if (!args[0]?.startsWith('-')) return [...args];
  const at = args.findIndex((arg) => names.has(arg));
  const name = args[at];
  if (name === undefined) return [...args];
  return [name, ...args.slice(0, at), ...args.slice(at + 1)];
}
