import type { Plan } from '../../model/plan.ts';
import { labelled, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { rounded } from './rounded.ts';

/** What will be started: each job's component, the receivers, the load. */
export function startedLines(plan: Plan, c: Colors, width: number): string[] {
  const layout = { indent: 2, labelWidth: 14, width };
  const perSecond = Object.values(plan.load.arrivals)
    .map(({ title, perSecond: n }) => `${title} ${rounded(n)}/s`)
    .join(', ');
  return [
    ...plan.jobs.flatMap((job) => labelled(job.name, jobText(job), layout)),
    ...labelled(
      'receivers',
      `${receiversOf(plan).join(', ')}: the harness's own, in the place of the real ones`,
      layout,
    ),
    ...labelled('load', `k6: ${perSecond}`, layout),
    ...wrap(
      'All of it in a network and process space of its own: no port of this machine is used, nothing leaves it.',
      width,
    ).map((line) => c.dim(line)),
  ];
}

function jobText({ target, metricsPath, component, toldBySilence }: Plan['jobs'][number]): string {
  const path = metricsPath === '/metrics' ? '' : metricsPath;
  const silence =
    toldBySilence === null ? '' : '; its outage is told by the silence of the Watchdog';
  return `${target}${path}, ${component}${silence}`;
}

/** Each receiver once, with its kind where its name doesn't say it. */
function receiversOf({ alerts }: Plan): string[] {
  const named = alerts
    .flatMap(({ receivers }) => receivers)
    .map(({ name, kind }) => [name, kind === name ? name : `${name} (${kind})`] as const);
  return [...new Map(named).values()];
}
