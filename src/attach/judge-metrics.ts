import type { Stack } from '../stack/index.ts';
import { placeText } from '../stack/place-text.ts';
import { metricFindings, seriesPerJob } from './findings/metrics.ts';
import type { PromisedMetric } from './findings/metrics.ts';
import type { AttachContext } from './context.ts';
import { instant } from './questions.ts';
import { unansweredOf, whyOf } from './unanswered.ts';
import { vectorOf } from './vector.ts';

/**
 * Holds the series that are there against those that the contract promises. @returns how many
 * metrics were judged
 */
export async function judgeMetrics(context: AttachContext): Promise<number> {
  const { reader, options, findings, notJudged } = context;
  const promised = options.files ? promisedMetrics(options.files) : [];
  if (promised.length === 0) return 0;
  options.phase('counting the series of each metric');
  const answers = await reader.ask(
    promised.map((metric) => instant(seriesPerJob(metric), options.timeoutMs)),
  );
  const failed: { what: string; why: string }[] = [];
  for (const [i, metric] of promised.entries()) {
    const answer = vectorOf(answers[i]);
    if ('error' in answer) {
      failed.push({ what: `series of ${metric.name}`, why: whyOf(answer) });
      continue;
    }
    const counts = new Map(
      answer.vector.map(({ labels, samples }) => [labels['job'] ?? '', samples[0]?.[1] ?? 0]),
    );
    // In a partial answer nothing can be missed.
    const { partial } = answer;
    if (partial !== undefined) failed.push({ what: `series of ${metric.name}`, why: partial });
    const alive = metric.jobs.filter(
      (job) => partial === undefined && !context.silence.jobs.has(job),
    );
    findings.push(...metricFindings({ ...metric, alive }, counts));
  }
  notJudged.push(...unansweredOf('the series that are promised', failed, promised.length));
  return promised.length - failed.length;
}

/** What the contract of a folder promises of metrics; nothing without one. */
export function promisedMetrics({ contract }: Stack): PromisedMetric[] {
  if (!contract) return [];
  return contract.metrics.map(({ name, type, jobs }) => {
    const value = contract.root.at('metrics', name);
    return {
      name,
      type,
      jobs,
      series: value.get('series').number() ?? 1,
      where: placeText(value.place),
    };
  });
}
