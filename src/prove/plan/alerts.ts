import { without } from '../../lib/picked.ts';
import { DEFAULT_INTERVAL_MS } from '../../model/prometheus-defaults.ts';
import type { Recipe, Solution } from '../../model/recipe.ts';
import type { Subject } from './subject.ts';
import type { Rule } from '../../stack/rules.ts';
import { freeValues } from './apart.ts';
import { templatedLabels } from './alert-labels.ts';
import { alertRelabelling, notifiedOf } from './alert-relabelling.ts';
import type { Notified } from './alert-relabelling.ts';
import { targetsOf } from './discover.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { whyNotLoaded } from './loaded.ts';
import { isOfAnyJob } from './any-job.ts';
import { circlesOf } from './circles.ts';
import { ownLabels } from './own-label.ts';
import { plainMap } from './plain.ts';
import { labelsHere } from './labels-here.ts';
import { placeRecipe } from './place.ts';
import type { Placement, Unplaced } from './on-target.ts';
import { readingsOf } from './reads.ts';
import type { Reading } from './reads.ts';
import type { Labels } from '../../promql/relabel.ts';
import { recordedGap } from './recorded-gaps.ts';
import { sdFilesOf } from './sd-files.ts';
import { alsoStored, scrapersIn } from './shared.ts';
import type { ScrapersOf } from './shared.ts';
import { floatsOf } from './stored-bounds.ts';
import { PLAIN_SCRAPE_MS } from './times.ts';
import { longestGapsOf } from './windows.ts';

/** A solved alert in the stack's own jobs. */
export interface PlannedAlert {
  recipe: Recipe;
  rule: Rule;
  readings: Reading[];
  /** Recording rules that it reads. */
  behind: Rule[];
  /** Why what those record is now there for it and now not; undefined where it always is. */
  comesAndGoes: string | undefined;
  placement: Placement | Unplaced;
  /** Labels of the instance that fires: all that its series give, but for the rule's own. */
  result: Labels;
  /** The same before the rule's own take their place: what templates read. */
  given: Labels;
  /** Those that Prometheus gives the alert, as far as no template makes them. */
  labels: Labels;
  notified: Notified;
}

const PLAIN_JOB = 'synthetic';
const PLAIN_HOST = 'synthetic';
const PLAIN_PORT = 9100;
/** Series of a folder with rules alone are shared by so many targets, that no scrape is long. */
const PLAIN_TARGETS = 8;

/**
 * The scrape jobs of a stack, each with its targets; where there is no prometheus.yml one plain
 * job. So there is behind jobs that an operator makes of resources: others may lie elsewhere.
 */
export function jobsOf(stack: Subject): JobTargets[] {
  const floats = floatsOf(stack);
  return madeJobs(stack).map((job) => ({ ...job, floats }));
}

function madeJobs(stack: Subject): JobTargets[] {
  if (!stack.prometheus) return [plainJob()];
  const files = sdFilesOf(stack);
  const jobs = stack.prometheus.jobs.map(({ value, made, intervalMs }) => ({
    ...targetsOf(made?.config ?? plainMap(value), files, made?.discovered),
    intervalMs,
  }));
  return stack.prometheus.origin === 'operator' ? [...jobs, plainJob()] : jobs;
}

function plainJob(): JobTargets {
  const targets = Array.from({ length: PLAIN_TARGETS }, (_, i): JobTarget => {
    const host = `${PLAIN_HOST}-${i}`;
    return {
      discovered: { __address__: `${host}:${PLAIN_PORT}` },
      labels: {},
      host,
      port: PLAIN_PORT,
      protocol: 'http',
      path: '/metrics',
      params: {},
    };
  });
  const config = {
    job_name: PLAIN_JOB,
    honor_labels: true,
    scrape_interval: `${PLAIN_SCRAPE_MS}ms`,
  };
  const made = { isMadeUp: true, droppedBy: undefined };
  return { name: PLAIN_JOB, config, intervalMs: PLAIN_SCRAPE_MS, targets, ...made };
}

/**
 * Puts every solved alert onto the stack's targets, each with label values of its own where its
 * matchers allow.
 */
export function plannedAlerts(
  stack: Subject,
  solution: Solution,
  jobs: JobTargets[],
): PlannedAlert[] {
  const records = new Map<string, Rule[]>();
  for (const rule of stack.rules)
    if (rule.kind === 'record') records.set(rule.name, [...(records.get(rule.name) ?? []), rule]);
  const used = new Map<JobTarget, number>();
  const scrapersOf = scrapersIn(jobs);
  const relabelling = alertRelabelling(stack);
  const planned = solution.recipes.flatMap((recipe): PlannedAlert[] => {
    const rule = stack.rules[recipe.alert.index];
    if (!rule) return [];
    const { readings, behind } = readingsOf(rule, records);
    const { series } = recipe.pairs[0];
    const free = freeValues(series, readings, rule);
    const suffix = `-${recipe.alert.index}`;
    const ownLabel = ownLabels(series, readings, rule, records);
    const anyJob = isOfAnyJob(rule, readings);
    const longestGapMs = longestGapsOf([rule, ...behind]);
    const circleOf = circlesOf(series, rule, behind, records);
    const among = (some: JobTargets[]): Placement | Unplaced =>
      placeRecipe(series, {
        readings,
        jobs: some,
        scrapersOf,
        longestGapMs,
        free,
        suffix,
        used,
        ownLabel,
        anyJob,
        circleOf,
      });
    const placement = whyNotLoaded(stack.prometheus, rule.group) ?? placedAmong(jobs, among);
    if ('placed' in placement)
      for (const { target } of placement.placed) used.set(target, (used.get(target) ?? 0) + 1);
    const here = (labels: Labels): Labels =>
      'placed' in placement ? labelsHere(labels, placement) : labels;
    const templated = templatedLabels(rule);
    const labels = without(here(recipe.instances[0] ?? {}), templated);
    const result = without(labels, ['alertname', ...rule.labels.keys()]);
    const given = here(recipe.result);
    const notified = notifiedOf({ ...labels, alertname: rule.name }, templated, relabelling);
    const comesAndGoes = recordedGap(rule, behind, {
      prometheus: stack.prometheus,
      evaluationMs: stack.prometheus?.evaluationIntervalMs ?? DEFAULT_INTERVAL_MS,
    });
    const names = { result, given, labels, notified };
    return [{ recipe, rule, readings, behind, comesAndGoes, placement, ...names }];
  });
  // By now all targets are there that are made up.
  const all = scrapersIn(jobs);
  return planned.map((alert) => ({ ...alert, placement: withShared(alert.placement, all) }));
}

/** With what comes of its series where others scrape them, too. */
function withShared(
  placement: PlannedAlert['placement'],
  scrapersOf: ScrapersOf,
): PlannedAlert['placement'] {
  if (!('placed' in placement)) return placement;
  const placed = placement.placed.map((one) => ({ ...one, also: alsoStored(one, scrapersOf) }));
  return { ...placement, placed };
}

/** On a job of the stack; else on the plain one, unless a job has it and drops it. */
function placedAmong(
  jobs: JobTargets[],
  among: (some: JobTargets[]) => Placement | Unplaced,
): Placement | Unplaced {
  const own = jobs.filter((job) => !isPlain(job));
  const placement = own.length > 0 ? among(own) : among(jobs);
  return 'placed' in placement || placement.dropped || own.length === jobs.length
    ? placement
    : among(jobs);
}

/** Whether a job stands for whatever lies elsewhere. */
export function isPlain({ name }: JobTargets): boolean {
  return name === PLAIN_JOB;
}
