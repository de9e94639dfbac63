import { InputError } from '../../lib/errors.ts';
import type { ProofComponent } from '../../model/proof-plan.ts';
import type { SourceRef } from '../../model/source.ts';
import { selectors } from '../../promql/ast.ts';
import { eachPanel } from '../../stack/dashboards/index.ts';
import type { Stack } from '../../stack/index.ts';
import type { BaseSeries } from './base.ts';
import type { StoredSeries } from './on-target.ts';
import type { JobTarget, JobTargets } from './target.ts';

/** A component that is asked for behind a job's target. */
export interface AskedComponent {
  job: string;
  component: string;
  /** Host names of what stands behind it without being scraped itself. */
  behind: string[];
  source: SourceRef;
}

/** The same with its place: behind the job's first target, under a name of its own. */
export interface PlacedComponent extends ProofComponent {
  behind: string[];
  /** In front of it, at the target's own name, stands who puts a plan's series over its own. */
  front: JobTarget;
}

type Selecting = Pick<Stack, 'rules' | 'dashboards'>;

const METRICS_PATH = '/metrics';

/**
 * @throws InputError for a job that has no target, or one that is asked for anything but its own
 * metrics
 */
export function placedComponents(jobs: JobTargets[], asked: AskedComponent[]): PlacedComponent[] {
  return asked.map(({ job, component, behind, source }, i) => {
    const front = jobs.find(({ name }) => name === job)?.targets[0];
    const isPlain = front?.path === METRICS_PATH && Object.keys(front.params).length === 0;
    if (!front || !isPlain)
      throw new InputError([
        {
          source,
          message: front
            ? `the job ${job} asks ${front.path} with parameters of its own: ${component} tells nothing there`
            : `the job ${job} has no target that ${component} could stand behind`,
          expected: `a job with a target that is scraped at ${METRICS_PATH}`,
        },
      ]);
    return { job, component, behind, target: `real-${i + 1}:${front.port}`, front };
  });
}

/** What saved texts make of the jobs that nothing real stands behind, as Prometheus stores it. */
export function exportedHere(base: BaseSeries[], placed: PlacedComponent[]): StoredSeries[] {
  const real = new Set(placed.map(({ job }) => job));
  return base
    .flatMap(({ stored }) => stored ?? [])
    .filter(({ labels }) => !real.has(labels['job'] ?? ''));
}

/** As a run needs it. */
export function withoutPlace({ job, component, target }: PlacedComponent): ProofComponent {
  return { job, component, target };
}

/**
 * Names of the metrics that the stack's rules and panels select: a component may leave the others
 * out.
 */
export function selectedMetrics({ rules, dashboards }: Selecting): string[] {
  const expressions = rules.flatMap(({ expression }) => expression.expr ?? []);
  eachPanel(dashboards, ({ targets }) => {
    expressions.push(...targets.flatMap(({ expression }) => expression?.expr ?? []));
  });
  return [...new Set(expressions.flatMap(selectors).flatMap(({ name }) => name ?? []))];
}

/** What a report says of each. */
export function componentNotes(placed: PlacedComponent[]): string[] {
  return placed.map(
    ({ job, component, behind }) =>
      `behind the job ${job} runs the real ${[component, ...behind].join(', with ')}: ` +
      'outages of it are real ones, and what else alerts need is put over what it tells',
  );
}
