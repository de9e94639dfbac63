import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Whole runs start stacks, containers and loads, and judge by the clock: each has the machine to itself. */
const WHOLE_RUNS = 'test/e2e/**/*.test.ts';

export default defineConfig({
  test: {
    // Only what hangs is ended: a busy machine takes its time.
    testTimeout: 120_000,
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['default', './test/support/last-lines-reporter.ts'],
    // What a test doesn't say is native, whether an engine answers or not.
    env: { GTV_RUNTIME: 'native' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [WHOLE_RUNS],
          // Vitest's own choice leaves one core unused: on two cores that is one file after the other.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [WHOLE_RUNS],
          fileParallelism: false,
          // Where a file says that its tests may run side by side.
          maxConcurrency: 4,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
