import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storedRun } from '../../src/commands/stored-run.ts';
import { toExactJson } from '../../src/lib/exact-json.ts';
import { makePlan } from '../../src/plan/index.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const plan = makePlan(smallSpec(), 'small', 60);

/** A run's folder beside another one, with what its evidence says of its blocks. */
function runSaying(blocks: string): string {
  const parent = mkdtempSync(join(tmpdir(), 'gtv-run-'));
  const dir = join(parent, 'run');
  mkdirSync(join(dir, 'blocks'), { recursive: true });
  mkdirSync(join(parent, 'others'));
  symlinkSync(join(parent, 'others'), join(dir, 'link'));
  writeFileSync(join(dir, 'plan.json'), toExactJson(plan));
  writeFileSync(join(dir, 'evidence.json'), toExactJson({ ...perfectEvidence(plan), blocks }));
  return dir;
}

it.each(['../others', 'link', '..'])(
  'blocks of a run that lie elsewhere are not taken: %s',
  async (blocks) => {
    await expect(storedRun(runSaying(blocks))).rejects.toThrow(/which is not in it/);
  },
);

it.each(['blocks', 'that-are-gone'])('its own are: %s', async (blocks) => {
  const { worlds } = await storedRun(runSaying(blocks));
  expect(worlds[0].evidence.blocks).toBe(blocks);
});
