import { expect, it } from 'vitest';
import type { Pair, Recipe, Solution } from '../../src/model/recipe.ts';
import { solutionText } from '../../src/report/solution.ts';

const LEVER =
  'disk_free_bytes{job="job-1",instance="host-1:9100",mountpoint="/var/lib"} goes by -0.000185 a ' +
  'second, not -0.00012 a second';
const recipe = {
  alert: { name: 'DiskFillsUp', file: 'disks.yml', group: 'disks', index: 0, line: 5 },
  pairs: [{ lever: LEVER } as Pair],
  pins: [
    { from: 3, value: 0.4, lower: false, higher: true, loose: {} },
    { from: 9, value: 7, lower: true, higher: true },
  ],
} as unknown as Recipe;
const never: Solution['unsolved'][number] = {
  alert: { ...recipe.alert, name: 'Never', index: 1, line: 9 },
  kind: 'unsatisfiable',
  part: { from: 0, to: 1 },
  reason: 'a share of what divides each series by itself is always one, and is asked to be less',
};
const solution = { recipes: [recipe], unsolved: [never] } as unknown as Solution;
const contract = {
  ...{ file: 'contract.yaml', text: '', isWritten: true, byHand: false },
  added: ['metrics.disk_free_bytes', 'alerts.DiskFillsUp'],
};

it.each([60, 80])('what was solved keeps within %i columns', (width) => {
  const lines = solutionText(solution, { dir: '../other-stack', contract, width }).split('\n');
  expect(lines.filter((line) => line.length > width)).toEqual([]);
  expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('goes by -0.000185 a second');
  expect(lines).toContain('✓ DiskFillsUp: fires when');
  expect(lines.at(-1)).toBe('contract.yaml is written, with metrics, alerts');
});

it('where it fits, each alert has one line', () => {
  const text = solutionText(solution, { dir: '.', contract, width: 120 });
  expect(text).toContain('    nothing would notice if its 0.4 were a little lower');
  expect(text).toContain('.: 2 alerts; 1 solved and confirmed by promtool, 1 can never fire');
});
