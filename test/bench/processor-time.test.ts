import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { parseProcessCpu } from '../../src/capacity-run/measure/proc.ts';
import { countProcessorTime, programOf, summed } from '../../scripts/bench/processor-time.ts';

it('reads what the kernel says of a process, whatever its name', () => {
  const line = `12 (a ) b) S 7 12 12 0 -1 4194304 1 2 3 4 150 50 300 100 20 0 1 0 99 1 1`;
  expect(parseProcessCpu(12, line)).toEqual({
    ...{ pid: 12, parent: 7, group: 12 },
    ...{ ownSeconds: 2, collectedSeconds: 4 },
  });
});

it('names a process by what it runs', () => {
  expect(programOf(['/usr/bin/promtool', 'test', 'rules'])).toBe('promtool');
  expect(programOf(['/usr/bin/node', '--title', '/x/dist/abc/main.js', '{}'])).toBe(
    'node abc/main.js',
  );
  expect(programOf(['node'])).toBe('node');
  expect(programOf(['gtv verify'])).toBe('gtv verify');
  expect(programOf(['postgres: writer'])).toBe('postgres');
});

it('sums by name, and what nobody saw is in the total', () => {
  const seen = [
    { name: 'a', seconds: 2 },
    { name: 'b', seconds: 3 },
    { name: 'a', seconds: 2 },
    { name: 'c', seconds: 0.1 },
  ];
  expect(summed(seen, 10)).toEqual({
    totalSeconds: 10,
    byName: [
      ['a', 4],
      ['b', 3],
      ['others, and who lived shortly', 3],
    ],
  });
  expect(summed(seen, 0).totalSeconds).toBeCloseTo(7.1);
});

it('counts what a process and its children really took', async () => {
  const spin = 'const end = process.cpuUsage().user + 6e5; while (process.cpuUsage().user < end);';
  const child = spawn(process.execPath, [
    '-e',
    `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(spin)}])`,
  ]);
  const counted = countProcessorTime(child.pid ?? 0);
  await once(child, 'exit');
  const { totalSeconds } = counted.stop();
  // The kernel counts in hundredths.
  expect(totalSeconds).toBeGreaterThan(0.55);
});
