import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alertUnderLoad, alertingOutcome } from '../../src/capacity/alerting.ts';
import { oneOfEachGroup } from '../../src/capacity/provoked.ts';
import { backgroundOf } from '../../src/commands/capacity/background.ts';
import { dimensionsOf } from '../../src/capacity/dimensions/index.ts';
import type { CapacityAccount, CapacityPart } from '../../src/model/capacity-load.ts';
import type { Outcome, Verdict } from '../../src/model/verdict.ts';
import { alertExpectation } from '../support/expectations.ts';
import { makePlan } from '../../src/plan/index.ts';
import { readSpec } from '../../src/spec/index.ts';

const spec = await readSpec(fileURLToPath(new URL('../../stack', import.meta.url)));
const one = { group: 'system', alert: 'HighCPUUsage' };

const verdict = (words: string, outcome: Outcome = 'pass', track = one.alert): Verdict => ({
  expectation: alertExpectation(words, track),
  outcome,
  ...(outcome === 'pass'
    ? {}
    : {
        finding: {
          id: outcome === 'fail' ? 'received-late' : 'could-not-judge',
          title: 'slack is told late',
          source: null,
          query: null,
          expected: '',
          seen: 'after 9.00 s',
          likelyCause: 'missed evaluations',
        },
      }),
});
const part: CapacityPart = {
  sent: 9_000,
  errors: 400,
  unanswered: 0,
  refused: 0,
  answeredWithin: 9_000,
  fromIntended: {},
  fromSent: {},
};
const account = (changes: Partial<CapacityAccount> = {}): CapacityAccount => ({
  iterations: 9_000,
  dropped: 0,
  all: part,
  parts: {},
  ...changes,
});

describe('an alert under load', () => {
  it('works when it fired and everybody was told in time', () => {
    expect(
      alertUnderLoad(one, [verdict('fires on time'), verdict('slack told')], 9_000, 4_000),
    ).toEqual({ ...one, outcome: 'pass', promisedMs: 9_000, deliveredMs: 4_000, detail: '' });
  });

  it('fails by any expectation of its delivery, with what was seen', () => {
    expect(
      alertUnderLoad(one, [verdict('fires on time'), verdict('slack told', 'fail')], 9_000, 4_000),
    ).toMatchObject({ outcome: 'fail', detail: 'slack is told late: after 9.00 s' });
  });

  it('isn’t judged by what isn’t done: near miss, blip, end', () => {
    expect(
      alertUnderLoad(
        one,
        [
          verdict('slack told'),
          verdict('blip: pending, never firing', 'fail'),
          verdict('resolves in time', 'fail'),
        ],
        1,
        1,
      ).outcome,
    ).toBe('pass');
  });

  it('is inconclusive when the machine was at fault, and when nothing was judged', () => {
    expect(alertUnderLoad(one, [verdict('slack told', 'inconclusive')], 1, 1)).toMatchObject({
      outcome: 'inconclusive',
      detail: expect.stringContaining('missed evaluations') as string,
    });
    expect(alertUnderLoad(one, [], 1, null).outcome).toBe('inconclusive');
    expect(alertUnderLoad(one, [verdict('fires on time')], 1, null).outcome).toBe('inconclusive');
    expect(alertUnderLoad(one, [verdict('slack told', 'pass', 'Another')], 1, null).outcome).toBe(
      'inconclusive',
    );
  });

  const passed = alertUnderLoad(one, [verdict('slack told')], 1, 1);
  it.each([
    ['all work', [passed], account(), null, true, 'pass'],
    ['one fails', [passed, { ...passed, outcome: 'fail' as const }], account(), null, true, 'fail'],
    ['there are none', [], account(), null, true, 'inconclusive'],
    ['k6 left no account', [passed], null, null, true, 'inconclusive'],
    ['the run ended early', [passed], account(), 'a component died', true, 'inconclusive'],
    [
      'a tenth of the load was missing',
      [passed],
      account({ dropped: 1_000 }),
      null,
      true,
      'inconclusive',
    ],
    [
      'beyond the saturation point a tenth of the load was missing',
      [passed],
      account({ dropped: 1_000 }),
      null,
      false,
      'pass',
    ],
    [
      'one fails though even less load was there',
      [{ ...passed, outcome: 'fail' as const }],
      account({ dropped: 1_000 }),
      null,
      true,
      'fail',
    ],
  ])('together, when %s', (_name, alerts, k6, interruption, mustWork, outcome) => {
    const run = { alerts, verdicts: [], account: k6, interruption, mustWork };
    expect(alertingOutcome(run).outcome).toBe(outcome);
  });

  it('nothing works when the Watchdog doesn’t', () => {
    const silent: Verdict = {
      ...verdict('watchdog delivered', 'fail'),
      finding: {
        id: 'watchdog-silent',
        title: '',
        source: null,
        query: null,
        expected: '',
        seen: '',
        likelyCause: '',
      },
    };
    const run = { alerts: [passed], account: account(), interruption: null, mustWork: false };
    expect(alertingOutcome({ ...run, verdicts: [silent] }).outcome).toBe('fail');
  });
});

describe('what is provoked', () => {
  const provoked = oneOfEachGroup(spec);
  const names = provoked.map(({ alert }) => `alert/${alert}`);
  const plan = makePlan(spec, 'stack', 30, {
    wants: (name) => names.includes(name),
    text: 'some',
    life: 'breach',
  });

  it('is one alert of each group that has a level, never an outage', () => {
    expect(provoked.map(({ group }) => group).sort()).toEqual([
      'application',
      'business',
      'health',
      'infrastructure',
      'system',
    ]);
    expect(provoked.map(({ alert }) => alert)).not.toContain('ServiceDown');
  });

  it('is calm first, then over its limit, and nothing else', () => {
    for (const track of plan.tracks)
      expect(track.steps.map(({ phase }) => phase)).toEqual(['settle', 'breach']);
    const short = plan.lengthMs;
    expect(short).toBeLessThan(
      makePlan(spec, 'stack', 30, { wants: (name) => names.includes(name), text: 'some' })
        .lengthMs * 0.6,
    );
  });

  it('in the load’s own requests too, or they would thin it out', () => {
    const dimension = dimensionsOf(spec).find(({ id }) => id === 'requests');
    const load = dimension && backgroundOf(dimension, 3_000, plan);
    expect(load).toMatchObject({
      kind: 'requests',
      measuredMs: plan.load.lengthMs,
      urls: {
        backend: 'http://backend:8000',
        streaming: 'http://streaming:8001',
        ai: 'http://ai:8002',
      },
    });
    expect(load?.rate).toBe(
      3_000 -
        ['backend', 'streaming', 'ai'].reduce(
          (sum, name) => sum + (plan.load.arrivals[name]?.perSecond ?? NaN),
          0,
        ),
    );
    expect(load?.provoke).toEqual([
      {
        part: 'backend',
        what: 'errors',
        slowMs: 1_200,
        steps: [
          { atMs: 0, level: 0 },
          { atMs: expect.any(Number) as number, level: 0.057 },
        ],
      },
    ]);
  });
});
