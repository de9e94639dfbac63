import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const WITHIN_MS = 300_000;

interface Proof {
  alerts: number;
  solved: number;
  proved: number;
  virtualOnly: number;
  failed: number;
  details: { name: string; result: string; receivers: string[]; findings: { id: string }[] }[];
  notes: string[];
}

let runs = '';
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'gtv-prove-'));
});
afterAll(() => rm(runs, { recursive: true, force: true }));

async function prove(stack: string): Promise<{ exitCode: number | undefined; proof: Proof }> {
  const { exitCode, stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'prove', stack, '--format', 'json', '--quiet'],
    { cwd: ROOT, env: { GTV_RUNS: runs }, reject: false },
  );
  return { exitCode, proof: JSON.parse(stdout) as Proof };
}

describe('a stack that nobody wrote a contract for', () => {
  it(
    'in the layout of a small compose project, without an Alertmanager',
    async () => {
      const { exitCode, proof } = await prove('test/stacks/compose-project');
      // A target that dies (HostDown), and one that nobody discovers any more (ApiGone), among
      // them.
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof).toMatchObject({ alerts: 5, solved: 5, proved: 5, virtualOnly: 0, failed: 0 });
      expect(proof.notes.join()).toContain('no Alertmanager configuration');
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );

  it(
    'a shop with a black-box exporter, discovery by files, relabelling, and two receivers',
    async () => {
      const { exitCode, proof } = await prove('test/stacks/shop');
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof).toMatchObject({ alerts: 4, proved: 4, failed: 0 });
      expect(proof.details.find(({ name }) => name === 'SiteDown')?.receivers).toEqual(['pager']);
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );
});
