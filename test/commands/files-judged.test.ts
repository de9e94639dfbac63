import { expect, it } from 'vitest';
import { filesJudged } from '../../src/commands/files-judged.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import { EVERYTHING, selectionOf } from '../../src/plan/selection.ts';
import { makePlan } from '../../src/plan/index.ts';
import { END_NOT_TOLD } from '../report/samples.ts';
import { smallSpec } from '../support/spec.ts';

const spec = smallSpec();
const planOf = (only: string[]) =>
  makePlan(spec, 'small', 60, only.length === 0 ? EVERYTHING : selectionOf(spec, only));
const wrongIn = (file: string): CheckFinding => ({ ...END_NOT_TOLD, file });

const [one = '', another = ''] = spec.contract.alerts
  .filter(({ stimulus }) => stimulus.kind !== 'always' && stimulus.kind !== 'outage')
  .map(({ name }) => name);

it('what is wrong in the files of what was not proved is told, and no failure', () => {
  const plan = planOf([`alert/${one}`]);
  const rule = plan.rules[another];
  if (rule) plan.rules[another] = { ...rule, file: 'prometheus/alerts/others.yml' };
  const own = [
    wrongIn(plan.rules[one]?.file ?? ''),
    wrongIn('alertmanager/alertmanager.yml'),
    wrongIn('contract.yaml'),
  ];
  const others = [
    wrongIn('prometheus/alerts/others.yml'),
    wrongIn('grafana/dashboards/others.json'),
  ];
  expect(filesJudged([...own, ...others], plan, `alert/${one}`)).toEqual({ own, others });
});

it('where everything was to be proved, every file counts', () => {
  const all = [wrongIn('prometheus/alerts/others.yml'), wrongIn('grafana/dashboards/x.json')];
  expect(filesJudged(all, planOf([]), null)).toEqual({ own: all, others: [] });
});
