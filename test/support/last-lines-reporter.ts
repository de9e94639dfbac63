import type { Reporter, TestModule } from 'vitest/node';

type State = 'passed' | 'failed' | 'skipped';

/**
 * The last lines of a run: what was skipped and why, since a machine that can't do a test had
 * better say so than look green; files that could not be loaded; and at last how many tests did
 * what.
 */
export default class LastLinesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const lines = modules.flatMap(skippedLines);
    const broken = modules.filter((module) => module.errors().length > 0);
    lines.push(...broken.map((module) => `not loaded: ${module.relativeModuleId}`));
    if (errors.length > 0) lines.push(`errors outside of any test: ${errors.length}`);
    const count = (state: State): number =>
      modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0);
    const failed = count('failed') + broken.length + errors.length;
    lines.push(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

/** One line for each reason for which tests of a file were skipped. */
function skippedLines(module: TestModule): string[] {
  const notes = [...module.children.allTests('skipped')]
    .map((test) => test.result())
    .flatMap((result) => (result.state === 'skipped' && result.note ? [result.note] : []));
  return [...new Set(notes)].map((note) => {
    const count = notes.filter((other) => other === note).length;
    const tests = count === 1 ? 'test' : 'tests';
    return `skipped: ${count} ${tests} of ${module.relativeModuleId}: ${note}`;
  });
}
