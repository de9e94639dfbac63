import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const WHOLE_RUNS = 'test/e2e/**/*.test.ts';
/** Beside every whole run somebody looks at what it opens, and at what its processes tell. */
const LOOKED_AT = ['./test/support/looked-at.ts'];
/** Whole runs whose verdicts are judged by the clock: each has the machine to itself. */
const TIMED = ['capacity', 'capacity-interrupted', 'capacity-monitoring', 'capacity-target']
  .concat(['cases', 'docker-verify', 'how-to', 'prove', 'verify'])
  .map((name) => `test/e2e/${name}.test.ts`);
/** Vitest's own choice leaves one core unused: on two cores that is one file after the other. */
const maxWorkers = availableParallelism();

export default defineConfig({
  test: {
    // Only what hangs is ended: a busy machine takes its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    globalSetup: './test/support/temporary-folder.ts',
    reporters: ['default', './test/support/last-lines-reporter.ts'],
    // What a test doesn't say is native, whether an engine answers or not.
    env: { GTV_RUNTIME: 'native' },
    // Where a file says that its tests may run side by side.
    maxConcurrency: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [WHOLE_RUNS],
          maxWorkers,
          // Their files share what they import: a third of their time went into loading it anew.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [WHOLE_RUNS],
          exclude: TIMED,
          setupFiles: LOOKED_AT,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: TIMED,
          setupFiles: LOOKED_AT,
          fileParallelism: false,
          // As many proofs of small stacks, which mostly wait, as one file has.
          maxConcurrency: 6,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
