import { defineConfig } from 'vitest/config';

/** Tests against a real API server: npm run test:e2e. Every file has a cluster of its own, one at a time. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.e2e.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
