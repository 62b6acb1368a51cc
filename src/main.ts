import module from 'node:module';
import { join } from 'node:path';

/** The oldest Node.js that runs Outrigger; the same as `engines` in package.json. */
const oldestNode = [22, 19] as const;

const isBuilt = import.meta.filename.endsWith('.js');

/** The program; for a command with a bundle of its own that does the same, that one. */
async function loadProgram(command = '') {
  if (isBuilt) {
    const { bundledCommands, loadBundle } = await import('./load-bundle.ts');
    if (bundledCommands.includes(command)) return loadBundle(import.meta.dirname, command);
    // Where the folder cannot be written, Node.js goes on without a cache.
    module.enableCompileCache(join(import.meta.dirname, '.compile-cache'));
  }
  return import('./cli/run-process.ts');
}

/**
 * This module stays small and free of newer syntax: it has to load on a Node.js that is too old, to say so.
 * Everything else is imported late, the program itself after the compile cache is on, which only helps modules
 * loaded later.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  process.stderr.write(
    `Error: Outrigger needs Node.js ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. ` +
      "Install a newer one, or run 'npm ci' in Outrigger's folder, which brings its own.\n",
  );
  process.exitCode = 1;
} else {
  const [first, ...rest] = process.argv.slice(2);
  if ((first === '--version' || first === '-V') && rest.length === 0) {
    // Asked often and by scripts: not worth loading the command line for.
    const { packageInfo } = await import('./package.ts');
    process.stdout.write(`${packageInfo().version}\n`);
  } else {
    const { runProcess } = await loadProgram(first);
    await runProcess();
  }
}
