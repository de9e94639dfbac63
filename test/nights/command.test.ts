import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';
import { compareRun } from '../../scripts/nights/compare-run.ts';
import { reportJson } from '../../src/report/json.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { failed, judgement, samplePlan, verdict } from '../report/samples.ts';
import { PROJECT } from '../support/cases.ts';

const dir = mkdtempSync(join(tmpdir(), 'nights-'));
const history = join(dir, 'kept', 'history.jsonl');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A run's folder, with this report. */
function runWith(report: Judgement): string {
  writeFileSync(join(dir, 'report.json'), reportJson(report));
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(samplePlan()));
  return dir;
}

/** Compares a run with this report. */
function compare(
  report: Judgement,
  options: { accept?: boolean } = {},
): Promise<{ exitCode: number; text: string }> {
  return compareRun(runWith(report), { history, ...options });
}

const good = (i: number, seconds = 0.5): Judgement =>
  judgement([verdict('HighErrorRate', 'slack told', `+${seconds.toFixed(2)} s`)], {
    runId: `2030010${i}-030000-ab12`,
  });
const lines = (): number => readFileSync(history, 'utf8').trim().split('\n').length;

it('learns from good nights, names what got worse and keeps it out, until it is accepted', async () => {
  for (let i = 1; i <= 5; i++) expect(await compare(good(i))).toMatchObject({ exitCode: 0 });
  expect(lines()).toBe(5);
  expect(await compare(good(6, 0.9))).toMatchObject({ exitCode: 0 });
  const slow = await compare(good(7, 1.9));
  expect(slow).toMatchObject({
    exitCode: 1,
    text: expect.stringMatching(/\| HighErrorRate: slack told \| +1\.90 \| +0\.50 \|/) as string,
  });
  expect(lines()).toBe(6);
  expect(await compare(good(7, 1.9), { accept: true })).toMatchObject({ exitCode: 0 });
  expect(await compare(good(8, 1.9))).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('1 figures were measured on fewer than 5 good nights') as string,
  });
});

it.each<[string, Judgement, string]>([
  ["a night that failed isn't taken for a good one", failed(), 'its outcome is fail'],
  [
    "a part isn't compared with the whole",
    { ...good(9), selection: 'alerts' },
    'proved only a part: alerts',
  ],
  [
    'what is no report of this version is refused, with the key',
    { ...good(9), schemaVersion: 2 as 3 },
    'schemaVersion',
  ],
])('%s', async (_what, report, expected) => {
  await expect(compare(report)).rejects.toThrow(expected);
});

it('the command exits 1 where a figure got worse, 0 when that is accepted, 2 without a comparison', async () => {
  const own = join(dir, 'own.jsonl');
  for (let i = 1; i <= 5; i++) await compareRun(runWith(good(i)), { history: own });
  const command = async (report: Judgement, ...options: string[]) => {
    const script = join(PROJECT, 'scripts', 'compare-nights.ts');
    const args = ['--import', 'tsx', script, '--history', own, ...options, runWith(report)];
    const done = await execa(process.execPath, args, { reject: false, cwd: PROJECT });
    return [done.exitCode, done.stdout + done.stderr];
  };
  expect(await command(good(6, 1.9))).toEqual([1, expect.stringContaining('slack told')]);
  expect(await command(good(6, 1.9), '--accept')).toEqual([0, expect.any(String)]);
  expect(await command(failed())).toEqual([2, expect.stringContaining('its outcome is fail')]);
});
