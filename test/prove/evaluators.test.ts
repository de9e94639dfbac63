import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

const planOf = (group: string, rule: string): ReturnType<typeof proofPlanOf> =>
  proofPlanOf(
    readStack([
      {
        path: 'rules/queue.yml',
        text: `groups:
  - name: queue
    interval: 30s
    ${group}
    rules:
      - alert: QueueLong
        expr: queue_length > 10
        ${rule}
      - alert: QueueOdd
        expr: sum(queue_length[5m]) > 10
`,
      },
    ]),
    60,
  );

describe('a rule file of another evaluator', () => {
  const plan = planOf('concurrency: 2', 'debug: true');
  const [file] = plan.files.filter(({ path }) => path.startsWith('prometheus/rules/'));

  it('is given to Prometheus without what it would refuse', () => {
    expect(file?.text).toContain('QueueLong');
    expect(file?.text).toContain('interval');
    expect(file?.text).not.toMatch(/concurrency|debug|QueueOdd/);
    expect(plan.tracks.map(({ alert }) => alert.name)).toEqual(['QueueLong']);
  });

  it('is said to lack it', () => {
    expect(plan.notes).toContain(
      'rules/queue.yml: `concurrency`, `debug` left out, ' +
        'which other evaluators of rules know and Prometheus refuses',
    );
    expect(planOf('limit: 5', 'for: 1m').notes.join()).not.toContain('evaluators');
  });
});
