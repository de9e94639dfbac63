import type { Reporter, TestModule } from 'vitest/node';

/** Tells in the last lines what was skipped and why: a machine that can't do a test had better say so than look green. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      const notes = [...module.children.allTests('skipped')]
        .map((test) => test.result())
        .flatMap((result) => (result.state === 'skipped' && result.note ? [result.note] : []));
      for (const note of new Set(notes)) {
        const count = notes.filter((other) => other === note).length;
        process.stdout.write(
          `skipped: ${count} ${count === 1 ? 'test' : 'tests'} of ${module.relativeModuleId}: ${note}\n`,
        );
      }
    }
  }
}
