import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The end-to-end tests start whole stacks on the same two cores: one file after the other.
    fileParallelism: false,
    testTimeout: 30_000,
    reporters: ['default', './test/support/skipped-reporter.ts'],
    // What a test doesn't say is native, whether an engine answers or not.
    env: { GTV_RUNTIME: 'native' },
  },
});
