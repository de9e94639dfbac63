import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { init } from '../../src/commands/init/index.ts';
import { terminalOutput } from '../../src/commands/output.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { PROJECT } from '../support/cases.ts';

const promtool = await findPromtool();
const dir = mkdtempSync(join(tmpdir(), 'gtv-init-'));
afterAll(() => rmSync(dir, { recursive: true }));
cpSync(join(PROJECT, 'test/stacks/shop'), dir, { recursive: true });
const CONTRACT = join(dir, 'contract.yaml');

async function run(options: { format: 'text' | 'json'; dryRun?: boolean }) {
  const told: string[] = [];
  const output = { ...terminalOutput(true), print: (text: string) => void told.push(text) };
  const exitCode = await init({ dir, ...options }, output, new AbortController().signal);
  return { exitCode, told: told.join('\n') };
}

describe.skipIf(promtool === undefined)('init', () => {
  it('shows what the contract would be, and writes nothing', async () => {
    const { exitCode, told } = await run({ format: 'text', dryRun: true });
    expect(exitCode).toBe(0);
    expect(told).toMatch(/^alerts:\n {2}SiteDown:$/m);
    expect(told).toContain('contract.yaml would be written, with ');
    expect(existsSync(CONTRACT)).toBe(false);
  });

  it('writes it, and prints one object for scripts', async () => {
    const { told } = await run({ format: 'json' });
    expect(JSON.parse(told)).toMatchObject({
      alerts: 4,
      solved: 4,
      contract: { file: 'contract.yaml', written: true },
    });
    expect(readFileSync(CONTRACT, 'utf8')).toContain('SiteDown:');
  });

  it('has nothing to add a second time', async () => {
    const before = readFileSync(CONTRACT, 'utf8');
    const { told } = await run({ format: 'text' });
    expect(told).toContain('contract.yaml speaks of all of it already');
    expect(readFileSync(CONTRACT, 'utf8')).toBe(before);
  });

  it('leaves a contract alone that says what runs behind targets', async () => {
    const stack = join(PROJECT, 'stack');
    const before = readFileSync(join(stack, 'contract.yaml'), 'utf8');
    const output = { ...terminalOutput(true), print: () => undefined };
    await init({ dir: stack, format: 'text' }, output, new AbortController().signal);
    expect(readFileSync(join(stack, 'contract.yaml'), 'utf8')).toBe(before);
  });
});
