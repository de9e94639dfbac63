import { linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cut, flipped, rewritten } from '../../scripts/soak/kills/kinds/cache.ts';
import { stepClock } from '../../scripts/soak/kills/kinds/clock-guard.ts';
import { portsIn } from '../../scripts/soak/kills/kinds/ports.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

describe('the guard of the clock', () => {
  it.each([3_600, -3_600])('steps by %i s and back again', async (seconds) => {
    const clock = await stepClock(seconds, 'dry');
    const said = (await clock.putBack()).split('\n');
    expect(said).toEqual([`stepped ${seconds}.0`, 'back 0.0']);
    // A second time it changes nothing.
    expect((await clock.putBack()).split('\n')).toEqual(said);
  });
  it('says why a clock may not be set', async () => {
    await expect(stepClock(1, 'dry', 'false')).rejects.toThrow("the clock can't be set: ");
  });
});

describe('what is damaged of a copy', () => {
  it.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['cut short', cut, 'abcd'],
    [
      'flipped',
      flipped,
      `abcd${Buffer.from(Buffer.from('efgh').map((byte) => ~byte)).toString('latin1')}`,
    ],
  ])('%s, is so in the copy alone', (_, change, text) => {
    const dir = mkdtempSync(join(tmpdir(), 'gtv-kills-'));
    made.push(dir);
    const [real, copy] = [join(dir, 'real'), join(dir, 'copy')];
    writeFileSync(real, 'abcdefgh', { mode: 0o755 });
    linkSync(real, copy);
    rewritten(change)(copy);
    expect(readFileSync(real, 'latin1')).toBe('abcdefgh');
    expect(readFileSync(copy, 'latin1')).toBe(text);
    expect(statSync(copy).mode & 0o777).toBe(0o755);
  });
});

it('ports are those of the targets', () =>
  expect(portsIn("- targets: ['backend:8000', 'redis-exporter:9121']\n  at: 12:30")).toEqual([
    8_000, 9_121,
  ]));
