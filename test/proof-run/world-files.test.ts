import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeScratch } from '../../src/lib/scratch.ts';
import { writeWorld } from '../../src/proof-run/world-files.ts';

it('keys of a proof are for the user alone who runs it, and go with all else that only a run needs', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-proof-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const standIns = ['prometheus/stand-ins/key.pem', 'alertmanager/stand-ins/0-key.pem'];
  const pems = standIns.map((path) => ({ path, pem: 'key' as const }));
  await writeWorld({ hosts: { api: '127.0.0.2' }, files: [], pems }, dir);
  const keys = ['tls/key.pem', ...standIns.map((path) => `etc/${path}`)].map((p) => join(dir, p));
  expect(keys.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(
    keys.map(() => '600'),
  );
  await removeScratch(dir);
  expect(keys.filter((path) => statSync(path, { throwIfNoEntry: false }))).toEqual([]);
});
