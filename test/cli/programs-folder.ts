import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageInfo } from '../../src/package.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder for programs that tests build. It lies inside the package, where templates are found. */
    programs: string;
  }
}

/** Makes that folder, and takes it away when all tests have ended. */
export default function setup(project: TestProject): () => void {
  const temporary = join(packageInfo().root, '.tmp');
  mkdirSync(temporary, { recursive: true });
  const programs = mkdtempSync(join(temporary, 'programs-'));
  project.provide('programs', programs);
  return () => rmSync(programs, { recursive: true, force: true });
}
