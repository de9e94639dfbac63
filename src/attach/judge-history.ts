import type { Rule } from '../stack/rules.ts';
import { historyFindings } from './findings/history.ts';
import { firingEpisodes, windowOf } from './history.ts';
import type { AttachContext } from './context.ts';
import { range } from './questions.ts';
import { unansweredOf, whyOf } from './unanswered.ts';
import { vectorOf } from './vector.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';

/**
 * Asks what each alert's expression was in the last days, and what Prometheus would have made of
 * it.
 */
export async function judgeHistory(context: AttachContext): Promise<void> {
  const { reader, options, system, findings, notJudged } = context;
  if (options.lastMs <= 0) return;
  options.phase('looking back at what the alerts would have done');
  const rules = system.rules.filter((rule) => rule.kind === 'alert' && !alwaysFires(rule));
  const windows = rules.map((rule) =>
    windowOf(options.nowMs, options.lastMs, rule.group.intervalMs ?? DEFAULT_INTERVAL_MS),
  );
  const answers = await reader.ask(
    rules.flatMap((rule, i) => {
      const window = windows[i];
      return window ? [range(rule.expression.text, window, options.timeoutMs)] : [];
    }),
  );
  const failed: { what: string; why: string }[] = [];
  for (const [i, rule] of rules.entries()) {
    const answer = vectorOf(answers[i]);
    const stepMs = windows[i]?.stepMs ?? DEFAULT_INTERVAL_MS;
    if ('error' in answer) {
      failed.push({ what: `the last days of ${rule.name}`, why: whyOf(answer) });
      continue;
    }
    const instances = answer.vector.map(({ labels, samples }) => ({
      labels,
      episodes: firingEpisodes(
        samples.map(([seconds]) => seconds * 1000),
        { forMs: rule.forMs ?? 0, keepFiringForMs: rule.keepFiringForMs ?? 0, stepMs },
      ),
    }));
    findings.push(...historyFindings(rule, instances, options.lastMs));
  }
  notJudged.push(...unansweredOf('the last days of the alerts', failed, rules.length));
}

/** A Watchdog: that it fires is its purpose. */
function alwaysFires(rule: Rule): boolean {
  const expr = rule.expression.expr;
  return expr?.type === 'call' && expr.name === 'vector';
}
