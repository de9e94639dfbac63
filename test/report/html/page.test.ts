import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/report/html/index.ts';
import { judge } from '../../../src/verdict/index.ts';
import { perfectEvidence, tellWatchdog } from '../../support/perfect.ts';
import { EARLY, failed, judgement, passed, samplePlan, verdict, withVerdicts } from '../samples.ts';
import { inputOf, wholeRun } from './input.ts';
import { wordsOf } from '../../support/expectations.ts';

const run = wholeRun();
const page = htmlReport(inputOf(run));
const withJudgement = (j = passed()): string =>
  htmlReport(inputOf({ plan: samplePlan(), evidence: perfectEvidence(samplePlan()) }, j));
/** The page's text without its tags, as a reader sees it. */
const words = (text: string): string =>
  text
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('a page', () => {
  it('begins with the verdict, also in its title', () => {
    const { counts } = judge(run.plan, run.evidence);
    const line =
      counts.fail + counts.inconclusive === 0
        ? `Passed: all ${counts.pass} expectations kept`
        : /(Failed|Inconclusive): .* expectations/;
    expect(/<title>([^<]*)/.exec(page)?.[1]).toMatch(line);
    expect(/<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1]).toMatch(line);
  });
  it('has a row with its life for each track, and every alert verdict in a table', () => {
    const j = judge(run.plan, run.evidence);
    for (const track of run.plan.tracks)
      expect(page).toContain(`aria-label="Life of ${track.id}: `);
    expect(page.match(/<svg class="life"/g)?.length).toBe(run.plan.tracks.length + 1);
    for (const v of j.verdicts.filter(
      (v) => v.expectation.subject.about === 'alert' && v.outcome === 'pass' && v.measured,
    ))
      expect(words(page)).toMatch(
        new RegExp(`${escaped(wordsOf(v))} (within [\\d.]+ s )?${escaped(v.measured ?? '')}`),
      );
  });
  it('has every panel, with its graph, its query and its verdicts', () => {
    expect(page.match(/class="panel /g)?.length).toBe(run.plan.panels.length);
    const charts = JSON.parse(/id="charts">(.*?)<\/script>/.exec(page)?.[1] ?? '') as Record<
      string,
      { curves: { low: unknown }[] }
    >;
    expect(Object.keys(charts).filter((id) => id.startsWith('panel')).length).toBe(2);
    expect(
      Object.values(charts).filter((chart) => chart.curves.some((curve) => curve.low !== null))
        .length,
    ).toBe(2);
  });
  it('has every metric at every job', () => {
    for (const name of run.plan.metrics.map((m) => m.name))
      expect(page.replaceAll('<wbr>', '')).toMatch(
        new RegExp(`<th scope="row">${name}</th><td>backend</td>`),
      );
  });
  it('has ids once only, and every link within it leads somewhere', () => {
    for (const text of [page, withJudgement(failed())]) {
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
      expect(ids.length).toBe(new Set(ids).size);
      for (const [, target] of text.matchAll(/ href="#([^"]+)"/g))
        expect(ids, target).toContain(target);
    }
  });
  it('loads nothing: no address outside of itself', () => {
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
    expect(page).toContain('default-src &#39;none&#39;');
  });
});

describe('a failure', () => {
  const text = withJudgement(failed());
  it('stands first and is open; what is kept is folded', () => {
    const rows = [
      ...text.matchAll(/data-outcome="(\w+)" id="alert-([^"]+)"[\s\S]*?<details( open)?>/g),
    ];
    expect(rows.slice(0, 1).map(([, outcome, id, open]) => [outcome, id, open])).toEqual([
      ['fail', 'HighErrorRate', ' open'],
    ]);
    expect(rows.slice(1).map(([, , , open]) => open)).toEqual(rows.slice(1).map(() => undefined));
  });
  it('the badge says the number of the headline', () => {
    expect(/class="badge">(\d+)/.exec(text)?.[1]).toBe('1');
    expect(/<h1[^>]*>(.*?)<\/h1>/.exec(text)?.[1]).toContain('1 broken');
  });
  it('what followed from a cause stands below it, and both are counted', () => {
    const caused = withJudgement(
      withVerdicts(passed(), [
        verdict('HighErrorRate', 'pending in time', undefined, {
          ...EARLY,
          id: 'never-pending',
          title: 'never pending',
        }),
        verdict('HighErrorRate', 'slack told', undefined, {
          ...EARLY,
          id: 'not-received',
          title: 'not received',
        }),
      ]),
    );
    expect(caused.match(/class="finding fail"/g)).toHaveLength(1);
    expect(words(caused)).toContain('so too HighErrorRate: slack told');
    expect(/class="badge">(\d+)/.exec(caused)?.[1]).toBe('2');
  });
  it('is named at the top and told in full, with how to mend it', () => {
    for (const part of [
      EARLY.title,
      'prometheus/alerts/all.yml:7:9',
      EARLY.expected,
      EARLY.seen,
      'how to mend for in the rule.',
      'It fired too soon.',
    ])
      expect(words(text).replace(/`/g, '')).toContain(part.replace(/`/g, '').replace(/\s+/g, ' '));
    expect(text.indexOf(EARLY.title)).toBeLessThan(text.indexOf('id="alerts"'));
    expect(text).not.toContain('Another.');
  });
  it('marks its row', () => expect(text).toMatch(/data-outcome="fail" id="alert-HighErrorRate"/));
});

it('an interrupted run, and one that never began, have a page too', () => {
  const plan = samplePlan();
  const evidence = {
    ...perfectEvidence(plan),
    t0: null,
    notifications: [],
    deliveries: [],
    series: [],
    interruption: { at: 1, reason: 'x', detail: 'the stack did not start' },
  };
  const text = htmlReport(inputOf({ plan, evidence }));
  expect(text).toContain('Inconclusive: ');
  expect(words(text)).toContain('The run was interrupted: the stack did not start');
  expect(text.match(/<svg class="life"/g)?.length).toBe(plan.tracks.length);
});

describe('whatever was recorded from outside stays text', () => {
  const nasty = `</script><script>alert('x')</script><!-- "quoted" & \u0000\u001b[31m`;
  const { plan, evidence } = wholeRun();
  const panel = plan.panels[0];
  if (!panel) throw new Error('no panel');
  evidence.panels[`${panel.id} A`] = {
    query: nasty,
    askedAt: evidence.endedAt,
    series: [
      {
        labels: { job: nasty },
        samples: [
          [evidence.t0 ?? 0, 1],
          [(evidence.t0 ?? 0) + 500, 2],
        ],
      },
    ],
    error: null,
    choices: [],
  };
  for (const delivery of evidence.deliveries) delivery.text += ` ${nasty}`;
  const bad = {
    ...EARLY,
    title: nasty,
    seen: nasty,
    expected: nasty,
    likelyCause: nasty,
    query: nasty,
    askedAt: evidence.endedAt,
    source: { file: nasty, line: 1, column: 1 },
  };
  const text = htmlReport(
    inputOf(
      { plan, evidence },
      judgement(
        [
          verdict('HighErrorRate', 'fires on time', nasty, bad),
          verdict(nasty, 'slack told', nasty),
        ],
        {
          stackName: nasty,
          runId: nasty,
          versions: { [nasty]: nasty },
          interruption: nasty,
          notJudged: [{ what: nasty, why: nasty }],
        },
      ),
    ),
  );
  it('adds no element', () => {
    const elements = (t: string): number => t.match(/<script/g)?.length ?? 0;
    expect(elements(text)).toBe(elements(page));
    expect(text).not.toContain('<!--');
    expect(text).not.toContain("alert('x')</script>");
    expect(text).not.toMatch(/[\u0000\u001b]/);
  });
  it('and the data of the graphs still have it', () => {
    const charts = JSON.parse(/id="charts">(.*?)<\/script>/.exec(text)?.[1] ?? '') as Record<
      string,
      { curves: { name: string }[] }
    >;
    expect(
      Object.values(charts).flatMap((chart) => chart.curves.map((curve) => curve.name)),
    ).toContain(nasty);
  });
});

it('a partial run says so in its first line, and how to repeat it', () => {
  const text = withJudgement({ ...passed(), selection: 'alert/HighErrorRate, dashboards' });
  expect(/<h1[^>]*>.*?<span>(Passed: .*?)<\/span>/.exec(text)?.[1]).toContain(
    'in a partial run (alert/HighErrorRate, dashboards)',
  );
  expect(words(text)).toContain(
    "npm run verify -- --only 'alert/HighErrorRate' --only 'dashboards'",
  );
  expect(withJudgement()).not.toContain('partial run');
});

it('an hour at real time stays small: curves are thinned, texts cut, marks counted', () => {
  const { plan, evidence } = wholeRun(1);
  const t0 = evidence.t0 ?? 0;
  const panel = plan.panels[0];
  if (!panel) throw new Error('no panel');
  plan.panels = Array.from({ length: 40 }, (_, i) => ({
    ...panel,
    id: `Board/${i}`,
    title: String(i),
  }));
  for (const { id } of plan.panels)
    evidence.panels[`${id} A`] = {
      query: 'x',
      askedAt: evidence.endedAt,
      error: null,
      choices: [],
      series: Array.from({ length: 24 }, (_, s) => ({
        labels: { job: `job-${s}` },
        samples: Array.from({ length: 1_200 }, (_, i): [number, number] => [
          t0 + i * 3_000,
          Math.sin(i / 50 + s) * 1_000,
        ]),
      })),
    };
  evidence.notifications = [];
  evidence.deliveries = [];
  for (let i = 0; i < 5_000; i++)
    tellWatchdog(evidence, plan, t0 + i * 900).delivery.text = 'x'.repeat(5_000);
  expect(htmlReport(inputOf({ plan, evidence }, passed(plan))).length).toBeLessThan(
    2.8 * 1024 * 1024,
  );
});
