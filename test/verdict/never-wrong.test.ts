import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { K6Evidence } from '../../src/model/k6-evidence.ts';
import type { TruthSeries } from '../../src/model/truth-series.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Track } from '../../src/model/track.ts';
import { makePlan } from '../../src/plan/index.ts';
import { selectionOf } from '../../src/plan/selection.ts';
import { loadTruths } from '../../src/technologies/gt-vision/load-truths.ts';
import { judge } from '../../src/verdict/index.ts';
import { spoiltIn } from '../../src/verdict/spoilt.ts';
import { unsteadyOf } from '../../src/verdict/metrics/unsteady.ts';
import { readTruth } from '../../src/ground-truth/check.ts';
import { Known } from '../../src/verdict/panels/known.ts';
import { boundsAt } from '../../src/verdict/panels/truth.ts';
import { between, unseenBehind } from '../../src/verdict/known-values.ts';
import { T0, active, perfectEvidence, tell, toldOf } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const plan = makePlan(smallSpec(), 'small', 60);
const trackOf = (id: string): Track => plan.tracks.find((t) => t.id === id)!;
const down = trackOf('ServiceDown/backend');
/** Long before anything is done to the backend. */
const EARLY = T0 + 2_000;

/** What didn't pass, as `outcome finding`, after something was done to a perfect world. */
function findings(change: (evidence: Evidence, plan: Plan) => void): string[] {
  const evidence = perfectEvidence(plan);
  change(evidence, plan);
  return judge(plan, evidence)
    .verdicts.filter((v) => v.outcome !== 'pass')
    .map((v) => `${v.outcome} ${v.finding!.id}`);
}

/** Scrapes of a job: when each began, how long it took (s), and whether it succeeded. */
function scraped(e: Evidence, job: string, scrapes: [number, number, number][]): void {
  const labels = { job, instance: `${job}:8000` };
  e.series.push(
    { labels: { __name__: 'up', ...labels }, samples: scrapes.map(([at, , up]) => [at, up]) },
    {
      labels: { __name__: 'scrape_duration_seconds', ...labels },
      samples: scrapes.map(([at, seconds]) => [at, seconds]),
    },
  );
}

/** ServiceDown is told of a backend that nobody stopped. */
function toldDown(e: Evidence, kind = 'slack'): void {
  active(e, down, 'critical', EARLY + 500, 2, 2, 500);
  tell(e, down, 'critical', kind, 'firing', EARLY + 2_500);
}
const timedOut: [number, number, number][] = [
  [EARLY, 0.167, 0],
  [EARLY + 250, 0.167, 0],
  [EARLY + 500, 0.167, 0],
];

describe('a running service whose scrapes time out', () => {
  it('is the machine’s doing when somebody is told that it is down', () =>
    expect(
      findings((e) => {
        scraped(e, 'backend', timedOut);
        toldDown(e);
      }),
    ).toEqual(['inconclusive could-not-judge']));

  it('says with which figure', () => {
    const evidence = perfectEvidence(plan);
    scraped(evidence, 'backend', timedOut);
    toldDown(evidence);
    const { verdicts } = judge(plan, evidence);
    expect(verdicts.find((v) => v.outcome === 'inconclusive')!.finding!.likelyCause).toContain(
      'backend was running, and a scrape of it failed after 167 ms',
    );
  });

  it.each<[string, (e: Evidence) => void]>([
    ['no scrape of it was slow', () => undefined],
    ['only another job’s were', (e) => scraped(e, 'node', timedOut)],
    [
      'they came long before',
      (e) =>
        scraped(
          e,
          'backend',
          timedOut.map(([at, s, up]) => [at - 60_000, s, up]),
        ),
    ],
    ['they all were quick', (e) => scraped(e, 'backend', [[EARLY, 0.004, 1]])],
  ])('but not when %s', (_, change) =>
    expect(
      findings((e) => {
        change(e);
        toldDown(e);
      }),
    ).toEqual(['fail unexpected-notification']),
  );

  it('explains no receiver that the contract does not name', () =>
    expect(
      findings((e) => {
        scraped(e, 'backend', timedOut);
        toldDown(e, 'webhook');
      }),
    ).toEqual(['fail unexpected-notification']));
});

describe('a part of the stack in which nothing is provoked', () => {
  const shown = makePlan(smallSpec(), 'small', 60, { wants: () => false, text: 'dashboards' });
  const alerts = (change: (evidence: Evidence) => void): string[] => {
    const evidence = perfectEvidence(shown);
    change(evidence);
    active(evidence, down, 'critical', EARLY + 500, 2, 2, 500);
    return judge(shown, evidence)
      .verdicts.filter((v) => v.outcome !== 'pass' && v.expectation.subject.about === 'alert')
      .map((v) => `${v.outcome} ${v.finding!.id}`);
  };

  it('knows as well what the machine did to scrapes', () =>
    expect(alerts((e) => scraped(e, 'backend', timedOut))).toEqual([
      'inconclusive could-not-judge',
    ]));

  it('and what it did not', () =>
    expect(alerts(() => undefined)).toEqual(['fail unexpected-alert']));
});

describe('a doubt reaches as far as it can explain', () => {
  const memory = trackOf('HighMemoryUsage');
  const breach = memory.steps.find((s) => s.phase === 'breach')!;
  const lateBreach = (e: Evidence): void => {
    const at = T0 + breach.startMs;
    const done = e.timeline.find((entry) => entry.step === 'HighMemoryUsage/breach');
    const entry = { at: at + 900, doneAt: at + 900, plannedAt: at };
    if (done) Object.assign(done, entry);
    else
      e.timeline.push({
        step: 'HighMemoryUsage/breach',
        signal: 'host-memory',
        level: breach.level,
        ...entry,
      });
  };
  const untold = (e: Evidence): void => {
    const keep = e.notifications.map(
      (n) => !n.alerts.some((a) => a.labels['alertname'] === 'HighMemoryUsage'),
    );
    e.notifications = e.notifications.filter((_, i) => keep[i]);
    e.deliveries = e.deliveries.filter((_, i) => keep[i]);
  };
  const unlike = (e: Evidence): void => {
    for (const { labels } of e.series)
      if (labels['alertname'] === 'HighMemoryUsage') labels['severity'] = 'info';
  };

  it('a late stimulus explains no message that never arrives', () =>
    expect(
      findings((e) => {
        lateBreach(e);
        untold(e);
      }).filter((finding) => finding.endsWith('not-received')),
    ).toEqual(['fail not-received', 'fail resolution-not-received']));

  it('missed evaluations explain neither that nor another severity', () => {
    const missed = (e: Evidence): void => {
      e.groups.push({
        file: 'prometheus/alerts/all.yml',
        name: 'all',
        intervalMs: 500,
        evaluationAt: T0,
        iterationsMissed: 3,
        evaluations: [],
        lastDurationMs: 5,
      });
    };
    const found = (change: (e: Evidence) => void): string[] =>
      findings((e) => {
        missed(e);
        change(e);
      });
    expect(found(untold)).toEqual(['fail not-received', 'fail resolution-not-received']);
    expect(found(unlike)).toEqual(['fail wrong-severity']);
  });

  it('dropped iterations reach what depends on counts, and no message', () => {
    const dropping = (e: Evidence): void => {
      e.k6 = { ...emptyAccount(), requests: 10_000, droppedIterations: 4_000 };
    };
    const errors = (e: Evidence): void => {
      const keep = e.notifications.map(
        (n) => !n.alerts.some((a) => a.labels['alertname'] === 'HighErrorRate'),
      );
      e.notifications = e.notifications.filter((_, i) => keep[i]);
      e.deliveries = e.deliveries.filter((_, i) => keep[i]);
    };
    expect(
      findings((e) => {
        dropping(e);
        errors(e);
      }).filter((finding) => finding.endsWith('not-received')),
    ).toEqual(expect.arrayContaining(['fail not-received', 'fail resolution-not-received']));
    const never = findings((e) => {
      dropping(e);
      e.series = e.series.filter((s) => s.labels['alertname'] !== 'HighErrorRate');
      e.expressions['HighErrorRate'] = [{ labels: { job: 'backend' }, samples: [[T0, 0.04]] }];
      errors(e);
    });
    expect(never).toContain('inconclusive could-not-judge');
    expect(never.filter((finding) => finding.startsWith('fail'))).toEqual([]);
  });
});

describe('a service that was to stand still', () => {
  /** Nobody notices the blip; what is done next says whether it had stood still until then. */
  const unnoticed = (wentOn: boolean) => (e: Evidence) => {
    const blip = down.steps.find((s) => s.phase === 'blip')!;
    const from = T0 + blip.startMs;
    for (const series of e.series)
      if (series.labels['alertname'] === 'ServiceDown' && series.labels['job'] === 'backend')
        series.samples = series.samples.filter(([at]) => at < from || at > T0 + blip.endMs + 1_000);
    const at = T0 + blip.endMs;
    e.timeline.push({
      ...{ step: 'ServiceDown/backend/rest', signal: 'component.backend', level: 1 },
      ...{ plannedAt: at, at, doneAt: at, ...(wentOn ? { wentOn } : {}) },
    });
  };

  it('and that somebody else let go on, is no alert that overlooks it', () =>
    expect(findings(unnoticed(true))).toEqual(['inconclusive could-not-judge']));
  it('and did, is one', () => expect(findings(unnoticed(false))).toEqual(['fail blip-unnoticed']));
});

describe('a message that Alertmanager sent in time', () => {
  /** Its first words to Slack: when Alertmanager notified, and when they arrived, are moved. */
  const late = (notifiedMs: number, arrivedMs: number) => (e: Evidence) => {
    const [told] = toldOf(e, 'HighMemoryUsage', 'firing');
    told!.notification.receivedAt += notifiedMs;
    told!.delivery.receivedAt += arrivedMs;
  };

  it('and that took long to the receiver, which is the harness’s, is no fault of the stack', () =>
    expect(findings(late(0, 2_500))).toEqual(['inconclusive could-not-judge']));

  it('but what Alertmanager itself sent late is', () =>
    expect(findings(late(2_500, 2_500))).toEqual(['fail received-late']));

  it('says with which figures', () => {
    const evidence = perfectEvidence(plan);
    late(0, 2_500)(evidence);
    const { verdicts } = judge(plan, evidence);
    expect(verdicts.find((v) => v.outcome === 'inconclusive')!.finding!.likelyCause).toMatch(
      /Alertmanager notified after \S+ s, in time, and the message took 2\.52 s/,
    );
  });
});

describe('an alert that is active before the run does anything', () => {
  const evidence = perfectEvidence(plan);
  const own = ({ labels }: { labels: Record<string, string> }): boolean =>
    labels['alertname'] === 'HighMemoryUsage';
  evidence.series = evidence.series.filter((one) => !own(one));
  const evaluations = (20_000 + plan.lengthMs) / 500;
  active(evidence, trackOf('HighMemoryUsage'), 'warning', T0 - 20_000, 0, evaluations, 500);
  const left = judge(plan, evidence).verdicts.filter(({ outcome }) => outcome !== 'pass');

  it('is one finding, with when it began and why', () => {
    const failed = left.filter(({ outcome }) => outcome === 'fail');
    expect(failed.map(({ finding }) => finding?.title)).toEqual([
      expect.stringContaining('HighMemoryUsage is active before anything is done to it'),
    ]);
    expect(failed[0]?.finding?.seen).toContain('active 20.00 s before T0');
  });

  it('nobody says then that it never becomes active, and all others are judged', () => {
    expect(
      left
        .filter(({ outcome }) => outcome === 'inconclusive')
        .map(({ expectation: { kind, subject } }) => [kind, 'alert' in subject && subject.alert]),
    ).toEqual([['pending-in-time', 'HighMemoryUsage']]);
  });

  it('is not done again: no machine is at fault', () => {
    expect(spoiltIn(judge(plan, evidence))).toEqual([]);
  });
});

function emptyAccount(): K6Evidence {
  return {
    exitCode: 0,
    requests: 0,
    droppedIterations: 0,
    counts: [],
    times: [],
    slots: {},
    steps: {},
  };
}

describe('a service that came back, and whose state is set again late', () => {
  const STREAMS = 'gtvision_active_streams';
  const steps = [{ atMs: 0, level: 3, step: 'NoActiveStreams/settle' }];
  const load = { ...plan.load, signals: { 'load.streams': steps } };
  const account = (last: number): K6Evidence => ({
    ...emptyAccount(),
    steps: { 'NoActiveStreams/settle': { first: T0 + 10, last: T0 + last, count: 2, lateMs: 0 } },
  });
  const known = (last: number) =>
    loadTruths({ ...plan, load }, T0, account(last)).find((t) => t.metric === STREAMS)!;
  const evidence = {
    timeline: [
      { signal: 'component.streaming', level: 0, at: T0 + 40_000 },
      { signal: 'component.streaming', level: 1, at: T0 + 50_000 },
    ],
  } as Evidence;

  it('is not compared until then', () =>
    expect(unsteadyOf(evidence, 'streaming', [known(55_380)])).toEqual([
      [T0 + 40_000, T0 + 55_380],
    ]));
  it('is compared soon when nothing had to be set again', () =>
    expect(unsteadyOf(evidence, 'streaming', [known(10)])).toEqual([[T0 + 40_000, T0 + 52_500]]));
  it('has the same value as ever before and after', () => {
    const truth = known(55_380);
    for (const at of [20_000, 45_000, 60_000])
      expect(between(truth, T0 + at, T0 + at + 5)).toEqual([3, 3]);
  });
});

describe('a connection of which only the client’s end is seen', () => {
  const truth = (clientEnds: boolean) =>
    ({ metric: 'http_connections_active', ...(clientEnds ? { clientEnds } : {}) }) as TruthSeries;
  const scrapes = (...up: number[]): Evidence => {
    const samples = up.map((value, i): [number, number] => [T0 + 250 * i, value]);
    return { series: [{ labels: { __name__: 'up', job: 'api' }, samples }] } as unknown as Evidence;
  };
  const behind = (evidence: Evidence, clientEnds = true): number =>
    unseenBehind(truth(clientEnds), evidence, 'api')(T0 + 1_000);

  it('may go on at the service when Prometheus has given it up', () =>
    expect(behind(scrapes(1, 0, 0, 1))).toBe(2));
  it('but not before, nor when nobody was there yet', () => {
    expect(behind(scrapes(0, 0, 1, 1, 0, 0))).toBe(0);
  });
  it('and not where both ends are seen', () => expect(behind(scrapes(1, 0, 0, 1), false)).toBe(0));
});

describe('a scrape that was under way when the level changed', () => {
  const memory = trackOf('HighMemoryUsage');
  const blip = memory.steps.find((s) => s.phase === 'blip')!;
  const changedAt = T0 + blip.startMs;
  /**
   * The alert is pending a moment before the level was changed, by a scrape that began then and
   * took so long.
   */
  const seenEarly =
    (seconds: number) =>
    (e: Evidence): void => {
      scraped(e, 'node', [[changedAt - 40, seconds, 1]]);
      for (const series of e.series)
        if (
          series.labels['alertname'] === 'HighMemoryUsage' &&
          series.labels['alertstate'] === 'pending'
        )
          series.samples.unshift([changedAt - 30, 1]);
    };

  it('may have seen the new one', () => expect(findings(seenEarly(0.06))).toEqual([]));

  it('but not when it was over before', () =>
    expect(findings(seenEarly(0.01))).toEqual(['fail fired-below-limit']));
});

describe('events that k6 sent late', () => {
  const steps = [{ atMs: 0, level: 0.09, step: 'RecordingFailures/settle' }];
  const load = { ...plan.load, signals: { 'load.recording-errors': steps } };
  /** The rate that a panel may show 20 s after T0. */
  const allowed = (lateMs: number): readonly [number, number] => {
    const evidence = perfectEvidence(plan);
    const k6 = { ...emptyAccount() };
    k6.steps = { 'RecordingFailures/settle': { first: T0, last: T0 + 30_000, count: 9, lateMs } };
    evidence.truth = loadTruths({ ...plan, load }, T0, k6);
    const at = T0 + 20_000;
    return boundsAt(readTruth('gtvision.recording_errors'), new Known(plan, evidence, T0), {
      ...{ labels: { job: 'streaming' }, at, windowMs: 5_000 },
    })!;
  };

  it('may lie in the next window of a rate', () => {
    const [low, high] = allowed(900);
    expect(low).toBeLessThan(allowed(0)[0] - 0.01);
    expect(high).toBeGreaterThan(allowed(0)[1] + 0.01);
  });

  it('don’t excuse another rate where they were in time', () =>
    expect(allowed(40)).toEqual(allowed(0)));
});

describe('events that came since the last scrape', () => {
  /** The rate that a panel of a job that is scraped every so often may show, 1 s after T0. */
  const allowed = (scrapeMs: number): readonly [number, number] => {
    const jobs = plan.jobs.map((job) => ({ ...job, scrapeMs }));
    const slots = { backend: [{ untilMs: 2_000, isSteady: true }] };
    const seldom = { ...plan, jobs, load: { ...plan.load, slots } };
    const evidence = perfectEvidence(plan);
    const none = { 0.5: 0, 0.95: 0, 0.99: 0 };
    const slot = { slot: 0, all: 20, errors: 0, events: 20, asked: none, waited: none, stoodMs: 0 };
    evidence.k6 = { ...emptyAccount(), slots: { backend: [slot] } };
    evidence.timeline = [];
    return boundsAt(readTruth('gtvision.lpr_events'), new Known(seldom, evidence, T0), {
      ...{ labels: { job: 'backend' }, at: T0 + 1_000, windowMs: 60_000 },
    })!;
  };

  it('are seen by nobody yet', () => {
    const [often, seldom] = [allowed(100), allowed(750)];
    expect(seldom[0]).toBeLessThan(often[0] / 2);
    expect(seldom[1]).toBe(often[1]);
  });
});

describe('lookups that were under way for long, since who asked stood still', () => {
  const askedAt = T0 + 20_000;
  /** What a panel may show of their share of hits, 450 ms after they were asked. */
  const allowed = (tookMs: number): readonly [number, number] => {
    const evidence = perfectEvidence(plan);
    const scrapes = Array.from({ length: 90 }, (_, i): [number, number, number] => [
      ...([T0 + 20 + i * 250, 0.004, 1] as const),
    ]);
    scraped(evidence, 'redis', scrapes);
    evidence.timeline = [];
    // Every 100 ms ten, three of which hit; then 400 that all hit.
    const done = (each: number, last: number): TruthSeries['points'] => [
      ...Array.from({ length: 200 }, (_, i): [number, number, number] => [
        ...([T0 + i * 100, T0 + i * 100 + 5, (i + 1) * each] as const),
      ]),
      [askedAt, askedAt + tookMs, 200 * each + last],
      [askedAt + 900, askedAt + 905, 200 * each + last],
    ];
    const series = { labels: {}, kind: 'growing', known: 'the Redis client', lagMs: 0 } as const;
    evidence.truth = [
      { ...series, metric: 'redis_keyspace_hits_total', points: done(3, 400) },
      { ...series, metric: 'redis_keyspace_misses_total', points: done(7, 0) },
    ];
    const share = readTruth('redis.hits / (redis.hits + redis.misses) * 100');
    const look = { labels: { job: 'redis' }, at: askedAt + 450, windowMs: 1_000 };
    const jobs = [...plan.jobs, { ...plan.jobs[0]!, name: 'redis', scrapeMs: 250 }];
    return boundsAt(share, new Known({ ...plan, jobs }, evidence, T0), look)!;
  };

  it('may not have been answered yet', () => expect(allowed(480)[0]).toBeLessThan(30));
  it('or all of them', () => expect(allowed(480)[1]).toBeGreaterThan(85));
  it('were surely answered where they took no time', () =>
    expect(allowed(5)[0]).toBeGreaterThan(80));
});

describe('a level that changes while a scrape is under way', () => {
  const changedAt = T0 + 10_000;
  /** What a panel may show just before, where the last scrape took so long, s. */
  const allowed = (seconds: number): readonly [number, number] | undefined => {
    const evidence = perfectEvidence(plan);
    scraped(evidence, 'node', [
      [changedAt - 270, 0.004, 1],
      [changedAt - 20, seconds, 1],
    ]);
    evidence.timeline = [];
    evidence.truth.push({
      ...{ metric: 'made_up', labels: {}, shape: 'level', source: 'the test', lagMs: 0 },
      points: [
        [T0, T0, 0],
        [changedAt, changedAt + 5, 1],
      ],
    } as unknown as TruthSeries);
    return new Known(plan, evidence, T0).level('made_up', changedAt - 5, 0, { job: 'node' });
  };

  it('may be seen by it', () => expect(allowed(0.03)).toEqual([0, 1]));
  it('and not by one that was over before', () => expect(allowed(0.01)).toEqual([0, 0]));
});

it('whether a target is up isn’t known while a scrape runs in the middle of which it is stopped', () => {
  const stoppedAt = T0 + 20_000;
  const up = (seconds: number, isUp: number): number | undefined => {
    const evidence = perfectEvidence(plan);
    const before = Array.from({ length: 20 }, (_, i): [number, number, number] => [
      ...([stoppedAt - 270 - i * 250, 0.004, 1] as const),
    ]);
    scraped(evidence, 'backend', [...before.toReversed(), [stoppedAt - 20, seconds, isUp]]);
    const at = stoppedAt;
    evidence.timeline = [
      { step: 's', signal: 'component.backend', level: 0, plannedAt: at, at, doneAt: at + 5 },
    ];
    return new Known(plan, evidence, T0).up('backend', stoppedAt - 10);
  };
  expect([up(0.022, 0), up(0.004, 1)]).toEqual([undefined, 1]);
});

it('what nobody scraped any more isn’t known: panels are asked a moment after the last record', () => {
  const evidence = perfectEvidence(plan);
  const end = T0 + 30_000;
  scraped(
    evidence,
    'backend',
    Array.from({ length: 40 }, (_, i) => [end - (39 - i) * 250, 0.004, 1]),
  );
  evidence.timeline = [];
  const known = new Known(plan, evidence, T0);
  expect([known.up('backend', end), known.up('backend', end + 400)]).toEqual([1, undefined]);
});

it('the events of the slot in which the load ends are counted once, however late one looks', () => {
  const ends = [5_000, 10_000, 12_000];
  const slots = { ai: ends.map((untilMs) => ({ untilMs, isSteady: true })) };
  const cut = { ...plan, load: { ...plan.load, slots, lengthMs: 12_000 } };
  const evidence = perfectEvidence(plan);
  const none = { 0.5: 0, 0.95: 0, 0.99: 0 };
  const slot = { slot: 2, all: 10, errors: 0, events: 10, asked: none, waited: none, stoodMs: 0 };
  evidence.k6 = { ...emptyAccount(), slots: { ai: [slot] } };
  const known = new Known(cut, evidence, T0);
  expect(known.events.accepted(T0, T0 + 11_000)).toBeCloseTo(5, 6);
  expect(known.events.accepted(T0, T0 + 25_000)).toBe(10);
});

describe('Prometheus itself stood still, and nothing was scraped meanwhile', () => {
  const [stoodAt, wentOnAt] = [T0 + 5_000, T0 + 8_000];
  const known = (isWhole: boolean): Known => {
    const evidence = perfectEvidence(plan);
    const times = Array.from({ length: 80 }, (_, i) => T0 + i * 250);
    const kept = times.filter((at) => isWhole || at <= stoodAt || at >= wentOnAt);
    scraped(
      evidence,
      'node',
      kept.map((at) => [at, 0.004, 1]),
    );
    evidence.timeline = [];
    const truth = { labels: {}, lagMs: 0, known: 'the host' };
    evidence.truth = [
      { ...truth, metric: 'node_memory_MemTotal_bytes', kind: 'level', points: [[T0, T0, 17]] },
      {
        ...truth,
        ...{ metric: 'node_cpu_seconds_total', kind: 'growing' },
        points: [
          [T0, T0, 0],
          [T0 + 20_000, T0 + 20_000, 40],
        ],
      },
    ];
    return new Known(plan, evidence, T0);
  };
  const memory = (at: number, isWhole = false): unknown =>
    known(isWhole).level('node_memory_MemTotal_bytes', at, 0, { job: 'node' });
  const cpu = (at: number, isWhole = false): unknown =>
    known(isWhole).rates('node_cpu_seconds_total', at, 1_000, { job: 'node' });

  it('a panel goes on showing what was: of that stretch nothing is known', () => {
    expect(memory(stoodAt + 1_500)).toBeUndefined();
    expect(memory(wentOnAt + 600)).toEqual([17, 17]);
    expect(memory(stoodAt + 1_500, true)).toEqual([17, 17]);
  });
  it('nor of a rate whose window reaches into it, though all later scrapes were in time', () => {
    expect(cpu(wentOnAt + 600)).toBeUndefined();
    expect(cpu(wentOnAt + 600, true)).toBeDefined();
    expect(cpu(wentOnAt + 2_500)).toBeDefined();
  });
});

describe('a scrape that failed just before its target was frozen', () => {
  const frozenAt = T0 + down.steps.find((s) => s.phase === 'blip')!.startMs;
  /** The blip fires, since a scrape that began so long before the freeze failed. */
  const firing =
    (beforeMs: number) =>
    (e: Evidence): void => {
      scraped(e, 'backend', [[frozenAt - beforeMs, 0.167, 0]]);
      active(e, down, 'critical', frozenAt + 100, 2, 1, 500);
    };
  const ofTheBlip = (beforeMs: number): string[] =>
    findings(firing(beforeMs)).filter((finding) => /blip|could-not-judge/.test(finding));

  it('was the machine’s when it had had no answer for long', () =>
    expect(ofTheBlip(165)).toEqual(['inconclusive could-not-judge']));
  it('and the freeze’s when it hadn’t', () =>
    expect(ofTheBlip(60)).toEqual(['fail fired-on-blip']));
});

describe('a target that goes on after a freeze, and whose scrapes still time out', () => {
  const thawedAt = T0 + down.steps.find((s) => s.phase === 'blip')!.endMs;
  /** The blip fires after so many evaluations with the alert pending. */
  const firing =
    (pending: number, scrapes: [number, number, number][]) =>
    (e: Evidence): void => {
      scraped(e, 'backend', scrapes);
      active(e, down, 'critical', thawedAt + 100 - (pending - 1) * 500, pending, 1, 500);
    };
  const ofTheBlip = (...args: Parameters<typeof firing>): string[] =>
    findings(firing(...args)).filter((finding) => /blip|could-not-judge/.test(finding));
  const still: [number, number, number][] = [
    [thawedAt + 50, 0.167, 0],
    [thawedAt + 300, 0.167, 0],
  ];
  const back: [number, number, number][] = [[thawedAt + 50, 0.16, 1]];

  it('was down for longer than the harness froze it', () =>
    expect(ofTheBlip(2, still)).toEqual(['inconclusive could-not-judge']));
  it('was not, when a scrape was slow and not in vain', () =>
    expect(ofTheBlip(2, back)).toEqual(['fail fired-on-blip']));
  it('explains no firing that came sooner than `for` allows', () =>
    expect(ofTheBlip(1, still)).toEqual(['fail fired-on-blip']));
});

describe('a follower that is told in an outage', () => {
  const spec = smallSpec();
  const outages = makePlan(spec, 'small', 60, selectionOf(spec, ['alert/ServiceDown']));
  const outage = outages.tracks.find((t) => t.id === 'ServiceDown/backend')!;
  const provoked = T0 + outage.steps.find((s) => s.phase === 'outage')!.startMs;
  const told = (job: string, change: (evidence: Evidence) => void = () => undefined): string[] => {
    const evidence = perfectEvidence(outages);
    change(evidence);
    const follower = { alert: 'HighErrorRate', labels: { job } };
    tell(evidence, follower, 'critical', 'slack', 'firing', provoked + 3_000);
    return judge(outages, evidence)
      .verdicts.filter((v) => v.outcome !== 'pass')
      .map((v) => v.finding!.id);
  };

  it.each([
    ['before the outage', provoked - 1_000],
    ['after the return', T0 + outage.steps.find((s) => s.phase === 'return')!.endMs - 1_000],
  ])('isn’t explained by a scrape that was lost %s', (_, at) =>
    expect(told('backend', (e) => scraped(e, 'backend', [[at, 0.167, 0]]))).toEqual([
      'not-inhibited',
    ]),
  );
  it('isn’t explained by a harness that was held up, and did what it had to in time', () =>
    expect(told('backend', (e) => e.lags.push({ at: provoked, ms: 480 }))).toEqual([
      'not-inhibited',
    ]));
  it('is explained by a stop that came late', () => {
    const late = (e: Evidence): void => {
      const stop = e.timeline.find(({ step }) => step === `${outage.id}/outage`)!;
      stop.at += 700;
    };
    expect(told('backend', late)).toContain('could-not-judge');
  });
  it('is one finding, also where the outages are proved by themselves', () =>
    expect(told('backend')).toEqual(['not-inhibited']));
  it('and another instance of it is no follower', () =>
    expect(told('streaming')).toEqual(['unexpected-notification']));

  /** What is said where the follower's samples at some moments are missing. */
  const whyBrief = (isGone: (at: number) => boolean): string | undefined => {
    const evidence = perfectEvidence(outages);
    for (const series of evidence.series)
      if (series.labels['alertname'] === 'HighErrorRate')
        series.samples = series.samples.filter(([at]) => !isGone(at));
    const failed = judge(outages, evidence).verdicts.find(
      ({ expectation }) => expectation.kind === 'follower-inhibited',
    );
    expect(failed?.outcome).toBe('inconclusive');
    return failed?.finding?.likelyCause;
  };

  it('proves nothing where it never was active, and it is said so', () =>
    expect(whyBrief(() => true)).toMatch(/^It was never active in the .* s after it was provoked/));
  it('nor where it fired too briefly, with when it did what', () => {
    const firing = perfectEvidence(outages).series.find(
      ({ labels }) => labels['alertname'] === 'HighErrorRate' && labels['alertstate'] === 'firing',
    )!;
    const [began] = firing.samples[0]!;
    expect(whyBrief((at) => at > began)).toMatch(
      /^It was active .* s after it was provoked, fired after .* s, and was over after .* s:/,
    );
  });
});
