import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { init } from '../../src/commands/init/index.ts';
import { InputError } from '../../src/lib/errors.ts';
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

describe.skipIf(promtool === undefined)('init of rule files that Prometheus refuses', () => {
  const broken = mkdtempSync(join(tmpdir(), 'gtv-init-broken-'));
  afterAll(() => rmSync(broken, { recursive: true }));
  const rules = (rest: string): string =>
    `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: x > 1\n${rest}`;
  const started = () =>
    init(
      { dir: broken, format: 'text' },
      { ...terminalOutput(true), print: () => undefined },
      new AbortController().signal,
    );

  it('tells every error at once, with its place, and writes nothing', async () => {
    writeFileSync(join(broken, 'a.yml'), rules('        for: 1m\n       annotations: {}\n'));
    writeFileSync(join(broken, 'b.yml'), rules('        fro: 1m\n        for: 1\n'));
    const error: unknown = await started().catch((reason: unknown) => reason);
    if (!(error instanceof InputError)) throw new Error('it was not refused');
    const places = error.problems.map(({ source: { file, line } }) => `${file}:${line}`);
    expect(new Set(places)).toEqual(new Set(['a.yml:7', 'b.yml:6', 'b.yml:7']));
    expect(existsSync(join(broken, 'contract.yaml'))).toBe(false);
  });

  it('goes on when they are mended', async () => {
    writeFileSync(join(broken, 'a.yml'), rules('        for: 1m\n        annotations: {}\n'));
    writeFileSync(join(broken, 'b.yml'), rules('        for: 1m\n'));
    expect(await started()).toBe(0);
    expect(existsSync(join(broken, 'contract.yaml'))).toBe(true);
  });

  it('says why nothing was read of a file where no alerts are left', async () => {
    rmSync(join(broken, 'contract.yaml'), { force: true });
    rmSync(join(broken, 'b.yml'), { force: true });
    const nine = (name: string) => Array.from({ length: 9 }, () => name).join(',');
    const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${nine(`*a${i}`)}]`);
    writeFileSync(join(broken, 'a.yml'), [`a0: &a0 [${nine('x')}]`, ...bomb, rules('')].join('\n'));
    await expect(started()).rejects.toThrow(
      /holds no alerts: a\.yml seems to have some, and can't be read: /,
    );
  });
});
