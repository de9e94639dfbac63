import { describe, expect, it } from 'vitest';
import { curvesOf } from '../../../src/report/html/dashboards/curves.ts';
import { colorOf, looksOf } from '../../../src/report/html/dashboards/look.ts';
import { pie, stat, stateTimeline } from '../../../src/report/html/dashboards/pictures.ts';
import { anchor, escape, html } from '../../../src/report/html/markup.ts';
import { thinned } from '../../../src/report/html/thin.ts';
import { ownClock, place, ticks } from '../../../src/report/html/time.ts';
import { formatValue } from '../../../src/report/html/units.ts';
import { windowsOf } from '../../../src/report/html/alerts/windows.ts';
import { T0 } from '../../support/perfect.ts';
import { inputOf, wholeRun } from './input.ts';

describe('values in their units', () => {
  it.each([
    [4.5, 'percent', 2, '4.50%'],
    [0.25, 'percentunit', null, '25%'],
    [12_900_000, 'bytes', null, '12.3 MiB'],
    [1_500, 'Bps', null, '1.5 kB/s'],
    [0.17, 's', 3, '170 ms'],
    [1.2, 's', 2, '1.20 s'],
    [90, 's', null, '1.5 min'],
    [170, 'ms', null, '170 ms'],
    [16.25, 'reqps', 1, '16.3 req/s'],
    [0.1, 'ops', 3, '0.100 ops/s'],
    [1_000, 'short', 0, '1 k'],
    [7, 'none', 0, '7'],
    [0, 'bytes', null, '0 B'],
    [-2_000, 'short', null, '-2 k'],
    [3, 'bananas', null, '3 bananas'],
    [NaN, 's', null, 'no value'],
    [Infinity, 'short', null, '∞'],
  ])('%d %s with %s decimals is %s', (value, unit, decimals, text) =>
    expect(formatValue(value, unit, decimals)).toBe(text),
  );
});

describe('thinning', () => {
  const times = Array.from({ length: 10_000 }, (_, i) => i);
  const spike = times.map((i) => (i === 4_321 ? 1_000 : i === 7_777 ? -1_000 : 0));
  it('keeps the first, the last, and every spike', () => {
    const kept = thinned(times, [spike, times.map(() => null)], 400);
    expect(kept.length).toBeLessThanOrEqual(400);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    for (const i of [0, 4_321, 7_777, 9_999]) expect(kept).toContain(i);
  });
  it('leaves few points as they are', () =>
    expect(thinned([1, 2, 3], [[1, 2, 3]])).toEqual([0, 1, 2]));
});

describe('a panel on common times', () => {
  const run = wholeRun();
  const input = inputOf(run);
  const [offline, rate] = run.plan.panels;
  if (!offline || !rate) throw new Error('no panels');
  it('has the values that Prometheus answered, and the truth at the same moments', () => {
    const { times, curves } = curvesOf(input, offline);
    const curve = curves[0];
    expect([curve?.name, curve?.last, curve?.max]).toEqual(['backend', 9, 9]);
    expect(times.length).toBe(curve?.values.length);
    const at = (seconds: number): (number | null | undefined)[] =>
      [curve?.values, curve?.low, curve?.high].map((list) => list?.[times.indexOf(seconds)]);
    expect(at(4)).toEqual([5, 5, 5]);
    expect(at(15)).toEqual([9, 9, 9]);
  });
  it('has the truth of a slot, but for two requests at its edges, through the whole slot', () => {
    const { times, curves } = curvesOf(input, rate);
    const slot = times
      .map((t, i) => [t, curves[0]?.low?.[i]] as const)
      .filter(([t]) => t >= 5 && t <= 10);
    expect(slot.length).toBeGreaterThan(8);
    for (const [t, low] of slot) expect(low, String(t)).toBeCloseTo((248 / 5 / 60) * 0.9, 3);
  });
  it('has a gap where nothing was answered, and no line across it', () => {
    const broken = structuredClone(run);
    const series = broken.evidence.panels[`${offline.id} A`]?.series?.[0];
    if (series) series.samples = series.samples.filter(([t]) => t < T0 + 9_000 || t > T0 + 13_000);
    const { times, curves } = curvesOf(inputOf(broken), offline);
    const within = times
      .map((t, i) => [t, curves[0]?.values[i]] as const)
      .filter(([t]) => t > 8.5 && t < 13.5);
    expect(within.some(([, value]) => value === null)).toBe(true);
    expect(within.every(([t, value]) => value === null || t <= 9 || t >= 13)).toBe(true);
  });
  it('shows another value than the truth where the answer is another', () => {
    const wrong = structuredClone(run);
    const series = wrong.evidence.panels[`${offline.id} A`]?.series?.[0];
    if (series) series.samples = series.samples.map(([t, v]) => [t, v * 2]);
    const { curves } = curvesOf(inputOf(wrong), offline);
    expect([curves[0]?.last, curves[0]?.high?.findLast((v) => v !== null)]).toEqual([18, 9]);
  });
});

describe('looks', () => {
  const { plan } = wholeRun();
  const panel = plan.panels[0];
  if (!panel) throw new Error('no panel');
  const file = {
    path: panel.source.file.replace('.yaml', '.json'),
    text: JSON.stringify({
      panels: [
        {
          type: 'row',
          panels: [
            {
              type: 'stat',
              title: panel.title,
              gridPos: { x: 0, y: 0, w: 5, h: 4 },
              fieldConfig: {
                defaults: {
                  decimals: 1,
                  mappings: [{ type: 'value', options: { 0: { text: 'DOWN', color: 'red' } } }],
                  thresholds: {
                    steps: [
                      { value: null, color: 'green' },
                      { value: 20, color: 'orange' },
                    ],
                  },
                },
              },
              options: { colorMode: 'background' },
            },
          ],
        },
      ],
    }),
  };
  const look = looksOf({
    ...plan,
    files: [file],
    panels: [{ ...panel, source: { ...panel.source, file: file.path } }],
  }).get(panel.id);
  it("come from the dashboard's file, also from a folded row", () =>
    expect(look).toMatchObject({ type: 'stat', width: 5, decimals: 1, filled: true }));
  it('colour a value by its mapping, else by its limits', () => {
    if (!look) throw new Error('no look');
    expect([0, 5, 20].map((v) => colorOf(look, v))).toEqual(['red', 'green', 'orange']);
  });
  it('are a plain graph when the file cannot be read', () =>
    expect(
      looksOf({ ...plan, files: [{ path: panel.source.file, text: '{' }] }).get(panel.id),
    ).toMatchObject({ type: 'timeseries', width: 12 }));
  const curves = {
    times: [0, 1, 2, 3],
    leftOut: 0,
    curves: [
      {
        name: 'a<b',
        values: [0, 0, 1, 1],
        low: [null, 0, 1, 1],
        high: [null, 0, 1, 1],
        last: 1,
        max: 1,
      },
      { name: 'c', values: [3, 3, 3, 3], low: null, high: null, last: 3, max: 3 },
    ],
  };
  it('draw a stat, a ring and a bar of states with the truth', () => {
    if (!look) throw new Error('no look');
    expect(stat({ ...look, filled: false, values: {} }, 'percent', curves).text).toMatch(
      /a&lt;b[\s\S]*1\.0%[\s\S]*class="truth" d="M33\.3 /,
    );
    expect(pie('short', look, curves).text).toMatch(
      /stroke-dasharray="25\.00 75\.00"[\s\S]*<td>25%<\/td><td>1\.0<\/td>/,
    );
    expect(stateTimeline(look, curves, 4).text).toMatch(
      /class="red" x="0%" width="50%" y="0"[\s\S]*class="red" x="25%" width="25%" y="16"/,
    );
  });
});

describe('the time axis', () => {
  it('has few labels at any length, and both clocks', () => {
    for (const lengthMs of [5_000, 75_000, 600_000, 4_500_000, 9_000_000])
      expect(ticks({ t0: T0, lengthMs, speed: 60 }).length).toBeLessThanOrEqual(11);
    const axis = { t0: T0, lengthMs: 80_000, speed: 60 };
    expect([
      ownClock(axis, 4_250),
      ownClock(axis, 62_050),
      place(axis, 20_000),
      place(axis, -5),
    ]).toEqual(['4:15', '1:02:03', '25%', '0%']);
  });
  it('expects each change where the verdicts do', () => {
    const run = wholeRun();
    const input = inputOf(run);
    const track = run.plan.tracks.find((t) => t.id === 'HighErrorRate');
    const alert = run.plan.alerts.find((a) => a.alert === 'HighErrorRate');
    if (!track || !alert) throw new Error('no track');
    const axis = { t0: T0, lengthMs: run.plan.lengthMs, speed: 60 };
    const life = input.lives.find((l) => l.track === track);
    const lived = { axis, track, life, bySilence: false };
    const windows = windowsOf(lived, alert);
    expect(windows.map((w) => w.what)).toEqual([
      'pending',
      'firing',
      'told',
      'resolved',
      'told of the end',
    ]);
    const fired = life?.episodes.find((e) => e.firingAt !== null);
    const firing = windows.find((w) => w.what === 'firing');
    expect((fired?.firingAt ?? 0) - T0).toBeCloseTo(
      ((firing?.fromMs ?? 0) + (firing?.toMs ?? 0)) / 2,
      3,
    );
    expect(windowsOf({ ...lived, life: undefined }, alert).map((w) => w.what)).toEqual([
      'pending',
      'firing',
    ]);
    expect(windowsOf({ ...lived, bySilence: true }, alert)).toEqual([]);
  });
});

describe('markup', () => {
  it('is laid out as one likes: breaks are nothing beside tags and values, blanks between words', () => {
    const page = html`<p
        class="note">
        two
        words ${1},
        ${2}
        <b>
          ${'a\n  b'}
        </b>
      </p>`;
    expect(page.text).toBe('<p class="note">two words 1,2<b>a\n  b</b></p>');
  });

  it('escapes texts, not pieces', () =>
    expect(html`<p title="${'"<&'}">${['a<', html`<b>${1}</b>`, null, false]}</p>`.text).toBe(
      '<p title="&quot;&lt;&amp;">a&lt;<b>1</b></p>',
    ));
  it('has an anchor for any name, another for another', () => {
    const names = ['a b', 'a-b', 'a_b', 'a/b', 'a%b', 'ä'];
    expect(new Set(names.map((name) => anchor(name))).size).toBe(names.length);
    for (const name of names) expect(anchor(name)).toMatch(/^[\w-]+$/);
  });
  it('drops what is no text', () => expect(escape('a\u0000b\u001b[31mc')).toBe('abc'));
});
