import module from 'node:module';
import { join } from 'node:path';

/** The oldest Node.js that runs Outrigger; the same as `engines` in package.json. */
const oldestNode = [22, 19] as const;

/** The program; for a command with a bundle of its own that does the same, that one. */
function loadProgram(command: string | undefined) {
  switch (command) {
    case 'kube-inject':
      return import('./bundles/kube-inject.ts');
    case 'serve':
      return import('./bundles/serve.ts');
    default:
      return import('./cli/run-process.ts');
  }
}

/**
 * This module stays small and free of newer syntax: it has to load on a Node.js that is too old, to say so.
 * Everything else is imported after the compile cache is on, which only helps modules loaded later.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  process.stderr.write(
    `Error: Outrigger needs Node.js ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. ` +
      "Install a newer one, or run 'npm ci' in Outrigger's folder, which brings its own.\n",
  );
  process.exitCode = 1;
} else {
  // Only for the bundle. Where the folder cannot be written, Node.js goes on without a cache.
  if (import.meta.filename.endsWith('.js')) {
    module.enableCompileCache(join(import.meta.dirname, '.compile-cache'));
  }
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
