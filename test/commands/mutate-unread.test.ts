import { expect, it } from 'vitest';
import { unreadRules } from '../../src/commands/mutate/unread.ts';
import { readStack } from '../../src/stack/index.ts';

const read = (expr: string, only: string[] = []): string[] =>
  unreadRules(
    readStack([
      {
        path: 'rules.yml',
        text: `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: ${expr}\n`,
      },
    ]),
    only,
  );

it('a rule that can’t be read is told with where and why', () => {
  expect(read('sum(x')).toEqual([
    expect.stringMatching(/^rules\.yml:5:\d+: the expression of alert A can't be read, .+: .+/),
  ]);
  expect(read('sum(x) > 1')).toEqual([]);
  expect([read('sum(x', ['B']), read('sum(x', ['alert A']).length]).toEqual([[], 1]);
});
