import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { newRunsDir } from '../support/cli.ts';
import { longOrSkip } from '../support/long.ts';
import { prove } from '../support/prove.ts';
import { manyAlerts } from '../support/thousand-alerts.ts';

it('a thousand alerts side by side', async (context) => {
  longOrSkip(context);
  const dir = mkdtempSync(join(tmpdir(), 'gtv-thousand-'));
  for (const { path, text } of manyAlerts(1000)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const { proof } = await prove(dir, newRunsDir(), '--within', '10m');
  expect(proof).toMatchObject({ alerts: 1000, solved: 1000, failed: 0 });
  expect(proof.details.filter(({ result }) => result === 'failed')).toEqual([]);
  // A forecast from six hours crosses its limit in time; a burn rate over six hours doesn't fit.
  expect(proof.virtualOnly).toBe(40);
}, 1_200_000);
