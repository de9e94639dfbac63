import type { TestContext } from 'vitest';

/** For tests that take minutes: done each night, and whenever they are asked for. */
export function longOrSkip({ skip }: Pick<TestContext, 'skip'>): void {
  if (process.env['GTV_TESTS'] !== 'all')
    skip('takes minutes, and is done each night: GTV_TESTS=all npm test');
}
