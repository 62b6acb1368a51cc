import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const processTests = ['test/**/*.process.test.ts'];

/**
 * Three projects, `npm test` runs all: `unit`; `process` for tests that run whole programs and take seconds, their
 * names end in `.process.test.ts`; `conformance` for recorded answers.
 *
 * Files share a worker's modules: a file of our tests takes as long to load as it takes to run, and nothing in
 * src/ keeps state between calls that a test could see. A test that replaces a module (`vi.mock`) would need a
 * project of its own.
 */
export default defineConfig({
  test: {
    isolate: false,
    // Without this, two cores make one worker.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...processTests, 'test/conformance/**', 'test/e2e/**', 'node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: processTests,
          globalSetup: ['test/cli/programs-folder.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          // One test goes through all recorded requests.
          testTimeout: 180_000,
        },
      },
    ],
  },
});
