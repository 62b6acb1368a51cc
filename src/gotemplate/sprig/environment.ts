import { type FunctionMap, stringType } from '../value/model.ts';
import { fixed } from './define.ts';

/** A name after the dollar sign: the shell's special one-character names, or letters, digits and `_`. */
const name = /[*#$@!?0-9-]|[A-Za-z_][0-9A-Za-z_]*/y;

/** Go's `os.ExpandEnv`: `$NAME` and `${NAME}`; an unclosed `${` is dropped. */
function expand(text: string, env: ReadonlyMap<string, string>): string {
  const lastBrace = text.lastIndexOf('}');
  let out = '';
  let done = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', done)) {
    out += text.slice(done, at);
    if (text.charAt(at + 1) === '{') {
      const end = at < lastBrace ? text.indexOf('}', at) : -1;
      if (end >= 0) out += env.get(text.slice(at + 2, end)) ?? '';
      done = end < 0 ? at + 2 : end + 1;
      continue;
    }
    name.lastIndex = at + 1;
    const found = name.exec(text)?.[0];
    out += found === undefined ? '$' : (env.get(found) ?? '');
    done = at + 1 + (found?.length ?? 0);
  }
  return out + text.slice(done);
}

/** sprig's functions on the environment, which see only what they are given. */
export function environmentFunctions(env: ReadonlyMap<string, string>): FunctionMap {
  return {
    env: fixed([stringType], stringType, (name: string) => env.get(name) ?? ''),
    expandenv: fixed([stringType], stringType, (text: string) => expand(text, env)),
  };
}
