import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepContract } from '../../src/commands/init/contract.ts';
import { readCompose } from '../../src/spec/compose/index.ts';
import { readFolder } from '../../src/stack/folder.ts';
import { readStack } from '../../src/stack/index.ts';
import { pathsAround } from '../../src/stack/paths-around.ts';

const CANARY = 'what-stands-outside';
let around = '';
let dir = '';
let outside = '';

beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), 'gtv-links-'));
  dir = join(around, 'stack');
  outside = join(around, 'outside');
  for (const folder of [dir, outside]) mkdirSync(folder);
  writeFileSync(join(outside, 'secret.yml'), `password: ${CANARY}\n`);
});
afterEach(() => rmSync(around, { recursive: true }));

describe('what lies outside of a stack’s folder', () => {
  it('isn’t read where a link of the folder leads there', async () => {
    symlinkSync(join(outside, 'secret.yml'), join(dir, 'rules.yml'));
    symlinkSync(outside, join(dir, 'rules'));
    const [file, folder, ...others] = await readFolder(dir);
    expect(file).toMatchObject({ path: 'rules.yml', text: '' });
    expect(file?.unreadable).toContain('leads out of the folder');
    expect(folder).toEqual({
      path: 'rules/',
      text: '',
      unreadable: "a link to a folder, which isn't followed",
      unseen: 'link-to-folder',
    });
    expect(others).toEqual([]);
  });

  it('isn’t looked into where a secret is named that a link leads to', () => {
    writeFileSync(join(dir, 'own'), 'own');
    symlinkSync(outside, join(dir, 'secrets'));
    const { secretFile } = pathsAround(dir);
    expect(secretFile('own')?.text).toBe('own');
    expect(secretFile('secrets/secret.yml')).toBeUndefined();
    expect(secretFile('../outside/secret.yml')).toBeUndefined();
  });

  it.each(['secret.yml', '.'])('isn’t mounted into a run through a link to %s', async (to) => {
    writeFileSync(
      join(dir, 'compose.yaml'),
      'services: { app: { image: "app:1", volumes: ["./conf:/conf:ro"] } }\n',
    );
    symlinkSync(join(outside, to), join(dir, 'conf'));
    await expect(readCompose(dir, [], {})).rejects.toThrow(/`\.\/conf` can't be read: the link/);
    rmSync(join(dir, 'conf'));
    cpSync(join(outside, to), join(dir, 'conf'), { recursive: true });
    expect((await readCompose(dir, [], {})).files).toMatchObject([
      { text: `password: ${CANARY}\n` },
    ]);
  });
});

describe('a contract that is no file of the folder', () => {
  const SOLUTION = { alerts: [], solved: [], unsolved: [] };
  const kept = async (): Promise<unknown> => {
    const stack = readStack(await readFolder(dir));
    return keepContract(
      stack,
      SOLUTION as unknown as Parameters<typeof keepContract>[1],
      dir,
      false,
    );
  };

  it('is neither waited for nor written to: a pipe, a device', async () => {
    const contract = join(dir, 'contract.yaml');
    execFileSync('mkfifo', [contract]);
    await expect(kept()).rejects.toThrow(/is no file of the folder/);
    rmSync(contract);
    symlinkSync('/dev/zero', contract);
    await expect(kept()).rejects.toThrow(/is no file of the folder/);
  });
});
