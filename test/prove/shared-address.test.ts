import { describe, expect, it } from 'vitest';
import { readExposition } from '../../src/lib/exposition.ts';
import { jobsOf } from '../../src/prove/plan/alerts.ts';
import { makeProofPlan } from '../../src/prove/plan/index.ts';
import type { PlannedProof } from '../../src/prove/plan/index.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { groupOrder, problemOf } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import type { Stack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';

const job = (name: string, more: string, ...targets: string[]): string =>
  `{ job_name: ${name}, ${more} static_configs: [{ targets: ${JSON.stringify(targets)} }] }`;

function stackOf(jobs: string[], ...alerts: string[]): Stack {
  const rules = alerts.map((expr, i) => ({ alert: `A${i}`, expr, for: '1m' }));
  return readStack([
    { path: 'prometheus.yml', text: `rule_files: [r.yml]\nscrape_configs: [${jobs.join()}]\n` },
    { path: 'r.yml', text: JSON.stringify({ groups: [{ name: 'g', rules }] }) },
  ]);
}

function proofOf(stack: Stack, saved = new Map<string, string>()): PlannedProof {
  return makeProofPlan(stack, solutionOf(stack), {
    ...{ stackName: 's', withinMs: 600_000, speed: 10 },
    groupOrder: groupOrder(problemOf(stack).rules),
    saved: new Map([...saved].map(([name, text]) => [name, readExposition(text)])),
  });
}

/** Labels of what Prometheus will have of a metric. */
const storedOf = ({ world }: PlannedProof, metric: string): Record<string, string>[] =>
  world.series.filter((one) => one.metric === metric).map(({ labels }) => labels);

const BOTH = [job('a', '', 'host:1'), job('b', '', 'host:1')];

it('a target that a job names several times is one', () => {
  const { subject } = subjectOf(stackOf([job('q', '', 'r:1', 'r:1', 'c:1', 'r:1')], 'up == 0'));
  expect(jobsOf(subject)[0]?.targets.map(({ host }) => host)).toEqual(['r', 'c']);
});

it('a target that has other labels the second time is another', () => {
  const config =
    '{ job_name: q, static_configs: [{ targets: ["r:1"], labels: { zone: x } }, { targets: ["r:1"] }] }';
  const { subject } = subjectOf(stackOf([config], 'up == 0'));
  expect(jobsOf(subject)[0]?.targets).toHaveLength(2);
});

describe('what two jobs scrape at one address', () => {
  const proof = proofOf(stackOf(BOTH, 'x{job="b"} > 5'));

  it('is served once, whoever it is for', () =>
    expect(proof.plan.targets).toMatchObject([{ host: 'host', series: [{ metric: 'x' }] }]));

  it('is had by both', () =>
    expect(storedOf(proof, 'x')).toEqual([
      { job: 'b', instance: 'host:1' },
      { job: 'a', instance: 'host:1' },
    ]));

  it('is relabelled by each job for itself', () => {
    const drops =
      'metric_relabel_configs: [{ source_labels: [__name__], regex: x, action: drop }],';
    const own = proofOf(stackOf([job('a', drops, 'host:1'), BOTH[1]!], 'x{job="b"} > 5'));
    expect(storedOf(own, 'x')).toEqual([{ job: 'b', instance: 'host:1' }]);
  });

  it('is down for both', () => {
    const down = proofOf(stackOf(BOTH, 'up{job="b"} == 0'));
    const isDown = down.world.series
      .filter(({ metric }) => metric === 'up')
      .map(({ steps }) => steps.some(({ shape }) => shape.kind === 'value' && shape.value === 0));
    expect(isDown).toEqual([true, true]);
  });

  it('isn’t provoked for one while it is down for the other', () => {
    const { plan } = proofOf(stackOf(BOTH, 'up{job="b"} == 0', 'x{job="a"} > 5'));
    const [down, other] = plan.tracks;
    expect(down!.endMs <= other!.startMs || other!.endMs <= down!.startMs).toBe(true);
  });

  it('is what was saved of either', () => {
    const saved = proofOf(stackOf(BOTH, 'x{job="b"} > 5'), new Map([['a', 'y 1\n']]));
    expect(storedOf(saved, 'y').map((labels) => labels['job'])).toEqual(['a', 'b']);
    expect(saved.plan.targets[0]?.series.map(({ metric }) => metric)).toEqual(['y', 'x']);
  });

  it('is looked for elsewhere first', () => {
    const { plan } = proofOf(stackOf([...BOTH, job('c', '', 'own:1')], 'sum(x) > 5'));
    expect(plan.tracks[0]?.series).toMatchObject([{ job: 'c' }]);
  });

  it.each([
    ['path', 'metrics_path: /other,'],
    ['parameter', 'params: { module: [m] },'],
  ])('is two where each asks for another %s', (_, more) => {
    const apart = proofOf(stackOf([job('a', more, 'host:1'), BOTH[1]!], 'x{job="b"} > 5'));
    expect(apart.plan.targets).toHaveLength(2);
    expect(storedOf(apart, 'x')).toEqual([{ job: 'b', instance: 'host:1' }]);
  });
});
