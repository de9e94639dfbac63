import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

const RULES = `groups:
  - name: g
    rules: [{ alert: A, expr: x > 1, labels: { severity: warning } }]
`;

/** The plan for one alert whose route has these keys, with these time intervals. */
function planOf(route: string, intervals: Record<string, string>): ProofPlan {
  const named = Object.entries(intervals).map(
    ([name, list]) => `  - { name: ${name}, time_intervals: [${list}] }`,
  );
  const text = `route:
  receiver: a
  routes: [{ receiver: a, matchers: ['severity="warning"'], ${route} }]
receivers: [{ name: a, webhook_configs: [{ url: 'http://a' }] }]
time_intervals:
${named.join('\n')}
`;
  return proofPlanOf(
    readStack([
      { path: 'rules.yml', text: RULES },
      { path: 'alertmanager.yml', text },
    ]),
    30,
  );
}
/** The keys of the route in the run by which it tells at some hours only. */
function heeded({ files }: ProofPlan): string[] {
  const { text } = files.find(({ path }) => path === 'alertmanager/alertmanager.yml') ?? {
    text: '',
  };
  const { route } = parse(text) as { route: { routes: Record<string, unknown>[] } };
  return Object.keys(route.routes[0] ?? {}).filter((key) => key.endsWith('_time_intervals'));
}
const noted = ({ notes }: ProofPlan): string[] =>
  notes.filter((note) => note.includes('tell at any hour'));

const BUSINESS = `{ weekdays: ['monday:thursday'], times: [{ start_time: '08:00', end_time: '16:00' }], location: Europe/Berlin }`;
const ALL_DAY = `{ times: [{ start_time: '00:00', end_time: '24:00' }] }`;

describe('a route with time intervals', () => {
  it.each([
    ['is active at some hours', 'active_time_intervals: [t]', { t: BUSINESS }],
    ['is muted at some hours', 'mute_time_intervals: [t]', { t: BUSINESS }],
    ['is muted all day in one month', 'mute_time_intervals: [t]', { t: '{ months: [may] }' }],
    ['is active in one month', 'active_time_intervals: [t]', { t: '{ months: [may] }' }],
    [
      'is muted at one place when it is active at another',
      'active_time_intervals: [t], mute_time_intervals: [u]',
      { t: BUSINESS, u: BUSINESS.replace('Europe/Berlin', 'Asia/Tokyo') },
    ],
  ])('tells at any hour in the run where it %s', (_, route, intervals) => {
    const plan = planOf(route, intervals);
    expect(heeded(plan)).toEqual([]);
    expect(noted(plan)).toEqual([expect.stringContaining(' t')]);
    expect(plan.tracks[0]?.timeIntervals).toEqual([]);
  });

  it.each([
    ['is muted all day', 'mute_time_intervals: [t]', { t: ALL_DAY }],
    [
      'is muted on weekdays and at weekends',
      'mute_time_intervals: [t, u]',
      { t: "{ weekdays: ['monday:friday'] }", u: "{ weekdays: ['saturday', 'sunday'] }" },
    ],
    [
      'is muted whenever it is active',
      'active_time_intervals: [t], mute_time_intervals: [u]',
      { t: BUSINESS, u: BUSINESS },
    ],
    [
      'is muted all day, and active at another place',
      'active_time_intervals: [t], mute_time_intervals: [u]',
      { t: BUSINESS, u: ALL_DAY },
    ],
  ])('tells nobody in the run either where it %s', (_, route, intervals) => {
    const plan = planOf(route, intervals);
    expect(heeded(plan)).not.toEqual([]);
    expect(noted(plan)).toEqual([]);
    expect(plan.tracks[0]?.timeIntervals.toSorted()).toEqual(Object.keys(intervals));
  });
});
