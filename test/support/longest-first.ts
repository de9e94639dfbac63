import { relative } from 'node:path';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * The files that take longest, the longest first. Where they begin last, all cores but one wait for
 * them.
 */
const LONGEST = [
  'test/e2e/engine.test.ts',
  'test/e2e/package.test.ts',
  'test/e2e/interrupted.test.ts',
  'test/e2e/conform.test.ts',
  'test/e2e/cases-alone.test.ts',
  'test/e2e/up.test.ts',
  'test/check/promises.test.ts',
  'test/spec/wrong-input.test.ts',
  'test/docs/how-to.test.ts',
  'test/spec/stack.test.ts',
  'test/check/fuzz.test.ts',
  'test/commands/capacity.test.ts',
  'test/report/html/page.test.ts',
  'test/lib/parsers-fuzz.test.ts',
  'test/fake-services/serve.test.ts',
  'test/technologies/day.test.ts',
  'test/check/cli.test.ts',
  'test/check/rules.test.ts',
  'test/run/grafana/look.test.ts',
];

/** Begins with the files that take longest; the others follow in Vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(relative(this.ctx.config.root, moduleId));
      return at < 0 ? LONGEST.length : at;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
