/** Exports: {@link referencePages}. */
import { Readable, Writable } from 'node:stream';
import { packageInfo } from '../../package.ts';
import type { CliContext } from '../context.ts';
import { manPage } from './man-page.ts';
import { markdownReference } from './markdown.ts';
import { programShape } from './program-shape.ts';
import { templateReference } from './template-reference.ts';

/** The generated pages: path from the project's root, and text. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const context: CliContext = {
    stdin: Readable.from([]),
    stdout: nowhere,
    stderr: nowhere,
    env: {},
    colour: false,
    exitCode: 0,
  };
  const commands = await programShape(context);
  return new Map([
    ['docs/commands.md', markdownReference(commands)],
    ['docs/outrigger.1', manPage(commands, packageInfo().version)],
    ['docs/template-reference.md', templateReference()],
  ]);
}
