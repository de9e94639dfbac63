import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { permittedTarget } from '../../src/commands/capacity/options.ts';
import { exitCodeOf } from '../../src/commands/capacity/conclude.ts';
import { StepsFile, checkSteps } from '../../src/commands/capacity/steps-file.ts';
import type { AlertingUnderLoad } from '../../src/model/capacity.ts';
import { REQUESTS, capacityOf, found, result, step } from '../capacity/samples.ts';
import { startCli } from '../support/cli.ts';

describe('which target may be loaded', () => {
  it.each([
    'http://localhost:8080/api',
    'http://127.0.0.1/',
    'http://127.1.2.3:1/',
    'http://[::1]:8080/',
  ])('%s: this machine, without a word', (url) => {
    expect(permittedTarget(url, undefined).href).toBe(url);
  });

  it.each([
    'http://example.org/',
    'http://10.0.0.1/',
    'http://localhost.example.org/',
    'http://127.0.0.1.example.org/',
    'http://0.0.0.0/',
  ])('%s: only when its host is named again', (url) => {
    const { hostname } = new URL(url);
    expect(() => permittedTarget(url, undefined)).toThrow('is not this machine');
    expect(() => permittedTarget(url, 'other.example')).toThrow('names other.example');
    expect(permittedTarget(url, hostname).hostname).toBe(hostname);
  });

  it.each([
    ['nonsense', 'to be a URL'],
    ['ftp://127.0.0.1/', 'to begin with http://'],
    ['http://me:secret@127.0.0.1/', 'a user or a password'],
  ])('%s is none', (url, why) => {
    expect(() => permittedTarget(url, undefined)).toThrow(why);
    expect(() => permittedTarget(url, undefined)).not.toThrow('secret');
  });
});

describe('the exit code', () => {
  const saturationPoint = found(3_000);
  const need = {
    need: {
      dimension: 'requests',
      peak: null,
      need: 1,
      source: { file: 'contract.yaml', line: 1, column: 1 },
    },
    headroom: null,
    text: '',
  };
  const alerting = (outcome: AlertingUnderLoad['outcome'], mustWork = true): AlertingUnderLoad => ({
    shareOfSaturation: 0.9,
    load: 1,
    mustWork,
    outcome,
    alerts: [],
    detail: '',
  });
  it.each([
    ['all is held', capacityOf([result(saturationPoint)]), 0],
    [
      'a need is missed',
      capacityOf([result(saturationPoint)], { needs: [{ ...need, outcome: 'fail' }] }),
      1,
    ],
    [
      'a need is unknown',
      capacityOf([result(saturationPoint)], { needs: [{ ...need, outcome: 'inconclusive' }] }),
      2,
    ],
    [
      'the saturation point is unknown',
      capacityOf([result({ kind: 'inconclusive', reason: '', repetitions: [] })]),
      2,
    ],
    [
      'it got worse',
      capacityOf([result(saturationPoint)], {
        comparisons: [{ dimension: 'requests', outcome: 'worse', before: 2, now: 1, text: '' }],
      }),
      1,
    ],
    [
      'alerting failed where it must work',
      capacityOf([result(saturationPoint, { alerting: [alerting('fail')] })]),
      1,
    ],
    [
      'alerting failed beyond the saturation point',
      capacityOf([
        result(saturationPoint, { alerting: [alerting('pass'), alerting('fail', false)] }),
      ]),
      0,
    ],
    [
      'it was interrupted, and a need is missed',
      capacityOf([result(saturationPoint)], {
        interruption: 'x',
        needs: [{ ...need, outcome: 'fail' }],
      }),
      2,
    ],
  ] as const)('when %s', (_name, value, code) => expect(exitCodeOf(value)).toBe(code));
});

describe('finished steps', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-steps-'));
  it('are kept line by line; one that was cut off while it was written is dropped, once', async () => {
    const file = new StepsFile(dir);
    await file.add(step(1_000));
    await file.add(step(2_000));
    const whole = readFileSync(file.path, 'utf8');
    writeFileSync(file.path, `${whole}{"dimension":"requ`);
    expect(await file.read()).toEqual([step(1_000), step(2_000)]);
    expect(readFileSync(file.path, 'utf8')).toBe(whole);
  });

  it('that are damaged otherwise are told with their line', async () => {
    const file = new StepsFile(mkdtempSync(join(tmpdir(), 'gtv-steps-')));
    writeFileSync(file.path, `${JSON.stringify(step(1))}\nnonsense\n`);
    await expect(file.read()).rejects.toThrow(/steps\.jsonl:2 is no JSON/);
  });

  it('that were measured for another time can’t be gone on with', () => {
    expect(() => checkSteps([step(1)], [REQUESTS], 'steps.jsonl')).not.toThrow();
    expect(() =>
      checkSteps([step(1)], [{ ...REQUESTS, measuredMs: 9_000 }], 'steps.jsonl'),
    ).toThrow('steps.jsonl:1: the step was measured for 5000 ms, and now 9000 ms');
  });
});

describe('the command', () => {
  it.each([
    [['nonsense'], 'there is no dimension `nonsense`'],
    [['request'], 'did you mean `requests`?'],
    [['--target', 'http://192.0.2.1/'], '192.0.2.1 is not this machine'],
    [['lpr-events', '--target', 'http://127.0.0.1:1/'], 'a target is loaded with requests'],
    [['--resume'], 'no capacity run'],
    [['--baseline', '/nonexistent'], "the baseline /nonexistent can't be read"],
    [['--measure', '10'], 'Expected a duration from 1s to 1h'],
    [['--repetitions', '0'], 'Expected a whole number from 1 to 20'],
    [['--target', 'http://127.0.0.1:1/'], "can't be reached"],
  ])('%j is refused, and nothing is loaded', async (args, why) => {
    const { exitCode, stderr } = await startCli(['capacity', ...args]);
    expect(stderr).toContain(why);
    expect(exitCode).toBe(2);
  });
});
