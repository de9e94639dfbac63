import { describe, expect, it } from 'vitest';
import { FINDING_IDS } from '../../src/model/finding.ts';
import { ALERT_WORLDS } from './worlds/alerts.ts';
import { GRAFANA_WORLDS } from './worlds/grafana.ts';
import { METRIC_WORLDS } from './worlds/metrics.ts';
import { ORIGINAL_WORLDS, judgedOriginals } from './worlds/originals.ts';
import { PANEL_WORLDS } from './worlds/panels.ts';
import { foundIn, idsOf } from './worlds/world.ts';

const WORLDS = [
  ...ALERT_WORLDS.map((world) => ({ ...world, about: 'alerts' })),
  ...METRIC_WORLDS.map((world) => ({ ...world, about: 'metrics' })),
  ...ORIGINAL_WORLDS.map((world) => ({ ...world, about: 'real programs' })),
  ...PANEL_WORLDS.map((world) => ({ ...world, about: 'panels' })),
  ...GRAFANA_WORLDS.map((world) => ({ ...world, about: 'Grafana' })),
].map((world) => ({ ...world, verdicts: world.broken() }));

describe('a world that breaks a promise', () => {
  it.each(WORLDS)('$about: $name', ({ findings, verdicts, repaired }) => {
    const withSubjects = findings.some((finding) => finding.includes(' '));
    expect(withSubjects ? foundIn(verdicts) : idsOf(verdicts)).toEqual(findings);
    expect(verdicts.every((v) => (v.outcome === 'pass') === (v.finding === undefined))).toBe(true);
    expect(idsOf(repaired()), 'its repaired twin').toEqual([]);
  });
});

it.each(FINDING_IDS)('a world fails with exactly %s', (id) => {
  const alone = WORLDS.filter(({ verdicts }) => idsOf(verdicts).join() === id);
  expect(alone.length).toBeGreaterThan(0);
});

it('a real program that is as its stand-in is passes in everything', () => {
  const verdicts = judgedOriginals(() => undefined);
  const kinds = verdicts.map(({ expectation, outcome }) => [expectation.kind, outcome]);
  const passed = ['scraped', 'exported', 'type', 'labels', 'series-bounded', 'equals-truth'];
  expect(kinds).toEqual(passed.map((kind) => [kind, 'pass']));
});
