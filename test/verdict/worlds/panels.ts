import type { Evidence, PanelAnswer } from '../../../src/model/evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { judgePanels } from '../../../src/verdict/panels/index.ts';
import { measuredEvidence, measuredPlan } from '../../support/measured.ts';
import { brokenWorlds } from './world.ts';

export const offline = (e: Evidence): PanelAnswer => e.panels['Board/Offline A']!;
const OFFLINE = 'gtvision_cameras_offline';
const rate = (e: Evidence): PanelAnswer => e.panels['Board/Rate A']!;

const BROKEN: [string, string[], (e: Evidence, p: Plan) => void][] = [
  [
    'an error',
    ['Board/Offline panel-error'],
    (e) => {
      Object.assign(offline(e), { series: null, error: 'parse error' });
    },
  ],
  [
    'never asked',
    ['Board/Offline panel-error'],
    (e) => {
      delete e.panels['Board/Offline A'];
    },
  ],
  [
    'no series',
    ['Board/Offline panel-no-data'],
    (e) => {
      offline(e).series = [];
    },
  ],
  [
    'nothing but NaN',
    ['Board/Offline panel-no-data', 'Board/Offline could-not-judge'],
    (e) => {
      for (const sample of offline(e).series![0]!.samples) sample[1] = NaN;
    },
  ],
  [
    'no series with another choice',
    ['Board/Offline panel-no-data'],
    (e) => {
      offline(e).choices[0]!.series = 0;
    },
  ],
  [
    'an error with another choice',
    ['Board/Offline panel-error'],
    (e) => {
      offline(e).choices[0]!.series = 'parse error';
    },
  ],
  [
    'no series of one of the jobs that export what it reads',
    ['Board/Offline panel-lacks-job'],
    (e, p) => {
      p.metrics.find(({ name }) => name === OFFLINE)!.jobs.push('node');
      const [own] = e.metrics.filter(({ labels }) => labels['__name__'] === OFFLINE);
      e.metrics.push({ ...own!, labels: { ...own!.labels, job: 'node' } });
      offline(e).query = OFFLINE;
    },
  ],
  [
    'data where none is promised',
    ['Board/Offline panel-not-empty'],
    (_, p) => {
      p.panels[0]!.promised!.empty = 'not built yet';
    },
  ],
  [
    'two series of one name',
    ['Board/Offline panel-legend-not-distinct'],
    (e) => {
      offline(e).series!.push({
        ...offline(e).series![0]!,
        labels: { job: 'backend', route: '/' },
      });
    },
  ],
  [
    'a legend with a label that is aggregated away',
    ['Board/Offline panel-legend-names-nothing'],
    (_, p) => {
      p.panels[0]!.queries[0]!.legend = '{{job}} {{pod}}';
    },
  ],
  [
    'over 100 per cent',
    ['Board/Offline panel-out-of-range', 'Board/Offline panel-value-differs'],
    (e, p) => {
      p.panels[0]!.unit = p.panels[0]!.promised!.unit = 'percent';
      for (const sample of offline(e).series![0]!.samples) sample[1] *= 100;
    },
  ],
  [
    'another unit than promised',
    ['Board/Offline panel-out-of-range'],
    (_, p) => {
      p.panels[0]!.unit = 'percentunit';
    },
  ],
  [
    'one off',
    ['Board/Offline panel-value-differs'],
    (e) => {
      offline(e).series![0]!.samples[20]![1] = 6;
    },
  ],
  [
    'half of the rate',
    ['Board/Rate panel-value-differs'],
    (e) => {
      for (const sample of rate(e).series![0]!.samples) sample[1] /= 2;
    },
  ],
  [
    'a rate of real seconds',
    ['Board/Rate panel-value-differs'],
    (e) => {
      for (const sample of rate(e).series![0]!.samples) sample[1] *= 60;
    },
  ],
];

/** What is judged of a world in which every panel shows what was done, after a change. */
export function judgedPanels(change: (evidence: Evidence, plan: Plan) => void): Verdict[] {
  const plan = measuredPlan();
  const evidence = measuredEvidence(plan);
  change(evidence, plan);
  return judgePanels(plan, evidence);
}

/** Worlds in which a panel breaks a promise. */
export const PANEL_WORLDS = brokenWorlds(BROKEN, judgedPanels);
