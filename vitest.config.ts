import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Two projects, for `--project unit` and `--project conformance`; `npm test` runs both.
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
          exclude: ['test/conformance/**', 'test/e2e/**', 'node_modules/**'],
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
