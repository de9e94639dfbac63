import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCases } from '../../src/engine/confirm.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-engine-limits-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** In promtool's place: it finds no end with what says so. */
function stub(): string {
  const path = join(dir, 'promtool');
  writeFileSync(path, '#!/bin/sh\nshift 4\nif grep -q endless "$@"; then exec sleep 60; fi\n');
  chmodSync(path, 0o755);
  return path;
}

it('a case without an end is found out, and the others of its batch are judged', async () => {
  const one = (text: string) => ({ rules: '', tests: () => text });
  const verdicts = await runCases(
    stub(),
    [one('short'), one('endless'), one('short')],
    new AbortController().signal,
    { batchMs: 400, caseMs: 400 },
  );
  expect(verdicts).toEqual([
    { passed: true },
    { passed: false, output: 'promtool did not end', timedOut: true },
    { passed: true },
  ]);
});
