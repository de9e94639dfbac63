import { describe, expect, it } from 'vitest';
import { judgeService } from '../../src/commands/mutate/services-over-run.ts';
import type { MutantResult } from '../../src/model/mutation.ts';
import type { RecordedWorld } from '../../src/model/recorded-world.ts';
import { instrumentationMutants } from '../../src/mutate/instrumentation/index.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';

/** A run in which nothing is known of the cameras from outside but by a panel and an alert. */
function world(): RecordedWorld {
  const plan = measuredPlan();
  const evidence = measuredEvidence(plan);
  return { plan, evidence };
}

function judged(own: RecordedWorld, operator: string, texts: string[] = []): MutantResult {
  const mutant = instrumentationMutants(own.plan, own.evidence).find(
    (one) => one.metric === 'gtvision_cameras_offline' && one.operator === operator,
  );
  if (!mutant) throw new Error('no mutant');
  return judgeService(mutant, own, texts);
}

/** Nobody outside knows the metric; the ground truth of the panel has another name. */
function unknown(own: RecordedWorld): void {
  own.evidence.truth = own.evidence.truth.map((truth) => ({ ...truth, labels: { job: 'else' } }));
}

describe('a mistake in a service', () => {
  it('is noticed by the metric where somebody outside knows it', () =>
    expect(judged(world(), 'metric-unit-changed').because).toMatch(/\[value-differs\]$/));

  it('goes unnoticed where nobody knows it', () => {
    const own = world();
    unknown(own);
    own.plan.panels = [];
    expect(judged(own, 'metric-unit-changed').fate).toBe('survived');
  });

  it('is noticed by an alert that never fires then', () => {
    const own = provoked('gtvision_cameras_offline < 100');
    expect(judged(own, 'metric-unit-changed').because).toMatch(
      /CamerasOff never fires .* \[never-fired\]/,
    );
  });

  it('is not judged by an alert whose states don’t follow from what was recorded', () => {
    const own = provoked('gtvision_cameras_offline < 0');
    expect(judged(own, 'metric-unit-changed')).toMatchObject({
      fate: 'undecided',
      because:
        "Over what was recorded CamerasOff isn't as it was recorded, so that it judges nothing.",
    });
  });

  it('is not judged by an alert that can’t be evaluated here', () => {
    const own = provoked('info(gtvision_cameras_offline) < 100');
    expect(judged(own, 'metric-unit-changed')).toMatchObject({
      fate: 'undecided',
      because:
        "Whether CamerasOff would have fired isn't known: " +
        "the function `info` isn't understood.",
    });
  });
});

/** An alert that fired in a run; nobody else knows what it reads. */
function provoked(runExpr: string): RecordedWorld {
  const own = world();
  unknown(own);
  own.plan.panels = [];
  const at = own.evidence.metrics.at(-1)?.samples.at(-1)?.[0] ?? 0;
  own.plan.tracks = [
    {
      ...{ id: 'CamerasOff', alert: 'CamerasOff', labels: { job: 'backend' } },
      ...{ signal: null, follower: null, after: null },
      steps: [{ phase: 'breach', startMs: 0, endMs: 60_000, level: 1 }],
    },
  ];
  own.plan.rules = {
    CamerasOff: {
      ...{ file: 'r.yml', line: 1, column: 1, expr: '', valueExpr: '' },
      runExpr,
    },
  };
  own.evidence.series.push({
    labels: { __name__: 'ALERTS', alertname: 'CamerasOff', alertstate: 'firing', job: 'backend' },
    samples: [[at, 1]],
  });
  return own;
}

describe('a label that has one value for all', () => {
  const labelled = (): RecordedWorld => {
    const own = world();
    own.plan.panels = [];
    const metric = own.plan.metrics.find(({ name }) => name === 'gtvision_cameras_offline');
    if (!metric) throw new Error('no metric');
    Object.assign(metric, { labels: ['id', 'site'], series: 2 });
    own.evidence.metrics = own.evidence.metrics.flatMap((one) =>
      one.labels['__name__'] === metric.name
        ? ['a', 'b'].map((site) => ({ ...one, labels: { ...one.labels, site, id: `${site}1` } }))
        : [one],
    );
    return own;
  };

  it('means nothing where nobody reads it and others tell the series apart', () =>
    expect(judged(labelled(), 'label-value-wrong').because).toMatch(
      /Nothing in the stack reads id/,
    ));

  it('is left open where somebody names it', () =>
    expect(judged(labelled(), 'label-value-wrong', ['sum by (id) (x)']).fate).toBe('survived'));
});
