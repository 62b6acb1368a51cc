/**
 * Commands whose start counts are built into a file of their own each, in one piece, which is run with the code that
 * V8 compiled for it in an earlier run. Exports: {@link bundledCommands}, {@link loadBundle}.
 *
 * Node's own compile cache keeps what V8 compiles when a module is loaded. Most of a program is compiled later, when
 * a function is first called; this cache is made at the end of a run, and has all of that.
 */
import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import v8 from 'node:v8';
import { Script, constants as vmConstants } from 'node:vm';

/** What every bundle exports. */
interface Program {
  runProcess(): Promise<void>;
}

/** A function as modules in CommonJS are wrapped in one. */
type Wrapped = (
  exports: Partial<Program>,
  require: NodeJS.Require,
  module: { exports: Partial<Program> },
  filename: string,
  dirname: string,
) => void;

/** The build makes a `.cjs` for each. */
export const bundledCommands: readonly string[] = ['kube-inject', 'serve'];

/** The folder beside the bundles where compiled code is kept. */
const codeFolder = '.code-cache';

/**
 * Loads the bundle of a command.
 *
 * @param folder where the bundles are
 * @throws Error when the bundle is not there
 */
export function loadBundle(folder: string, command: string): Program {
  const file = join(folder, `${command}.cjs`);
  // The build writes nothing but ASCII.
  const text = readFileSync(file, 'latin1');
  // V8 refuses code for other flags; to ask it beforehand means to load more of Node.js than all else here.
  const name = `${command}-${buildOf(text)}-${process.version}-${process.arch}`;
  const cache = join(folder, codeFolder, name);
  const cachedData = readCode(cache);
  const script = new Script(text, {
    filename: file,
    ...(cachedData !== undefined && { cachedData }),
    importModuleDynamically: vmConstants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    const fits = v8.cachedDataVersionTag();
    // Other flags of V8 since then would make it worthless.
    process.once(
      'exit',
      () => v8.cachedDataVersionTag() === fits && keepCode(script, folder, cache),
    );
  }
  const module: { exports: Partial<Program> } = { exports: {} };
  const run: Wrapped = script.runInThisContext();
  run(module.exports, createRequire(file), module, file, folder);
  const { runProcess } = module.exports;
  if (runProcess === undefined) throw new Error(`${file} is not a bundle of Outrigger`);
  return { runProcess };
}

/** V8 takes code for that of a text as soon as the lengths agree: the first line tells builds apart. */
function buildOf(text: string): string {
  return text.slice('// '.length, text.indexOf('\n'));
}

function readCode(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Where nobody may write, as in an image, programs go without. */
function keepCode(script: Script, folder: string, file: string): void {
  try {
    accessSync(folder, constants.W_OK);
    mkdirSync(join(folder, codeFolder), { recursive: true });
    const unfinished = `${file}-${process.pid}`;
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, file);
  } catch {
    // The next run tries again.
  }
}
