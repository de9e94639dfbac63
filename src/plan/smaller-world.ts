import { isMap, isSeq, parseDocument } from 'yaml';
import type { JobContract } from '../model/contract.ts';
import type { AlertRule, Spec } from '../model/spec.ts';
import type { Selector } from '../promql/ast.ts';
import { elementsOf } from '../promql/evaluate/index.ts';
import type { Labels, Sample, Storage } from '../promql/evaluate/index.ts';
import { passes } from '../promql/matchers.ts';
import { parseExpr } from '../promql/parse.ts';

/**
 * The stack as a world has it in which only some of its jobs are scraped: nothing stands behind
 * the others, and nothing is shown or counted of them.
 */
export function withJobs(spec: Spec, jobs: JobContract[]): Spec {
  const names = new Set(jobs.map(({ name }) => name));
  const isIn = ({ name }: { name: string }): boolean => names.has(name);
  const { prometheus, contract } = spec;
  return {
    ...spec,
    files: spec.files.map((file) =>
      file.path === prometheus.file ? { ...file, text: scraping(file.text, names) } : file,
    ),
    prometheus: { ...prometheus, jobs: prometheus.jobs.filter(isIn) },
    contract: { ...contract, jobs: contract.jobs.filter(isIn), metrics: [] },
    dashboards: [],
    grafanaRules: [],
  };
}

/** prometheus.yml with these jobs alone. */
function scraping(text: string, names: ReadonlySet<string>): string {
  const document = parseDocument(text, { merge: true });
  const jobs = document.get('scrape_configs');
  if (isSeq(jobs))
    jobs.items = jobs.items.filter((job) => isMap(job) && names.has(String(job.get('job_name'))));
  return document.toString();
}

const AT_MS = 1_700_000_000_000;
const STEP_MS = 60_000;
const BUDGET = 10_000;
const MOST_SAMPLES = 100;

/**
 * Whether an alert may be active where nothing but these jobs is scraped, and they are up:
 * `absent(up{job="api"})` is, and `count(up) < 3`. In a world without the others it would be told
 * of. What isn't understood may.
 */
export function isActiveWith(jobs: JobContract[], { expr }: AlertRule): boolean {
  const parsed = parseExpr(expr);
  if (!('expr' in parsed)) return true;
  try {
    const budget = { samples: BUDGET };
    const context = { storage: upOf(jobs), tMs: AT_MS, stepMs: STEP_MS, budget };
    return elementsOf(parsed.expr, context).length > 0;
  } catch {
    return true;
  }
}

/** What is known of every job that is up: a sample each minute, or a hundred of a longer range. */
function upOf(jobs: JobContract[]): Storage {
  const all: Labels[] = jobs.map(({ name, target }) => ({
    __name__: 'up',
    job: name,
    instance: target,
  }));
  const selected = ({ name, matchers }: Selector): Labels[] =>
    name === undefined || name === 'up'
      ? all.filter((labels) => matchers.every((m) => passes(m, labels[m.label] ?? '') ?? true))
      : [];
  const samplesIn = (fromMs: number, toMs: number): Sample[] => {
    const everyMs = Math.max(STEP_MS, (toMs - fromMs) / MOST_SAMPLES);
    return Array.from({ length: Math.floor((toMs - fromMs) / everyMs) }, (_, i) => ({
      tMs: fromMs + (i + 1) * everyMs,
      value: 1,
    }));
  };
  return {
    instant: (selector, tMs) =>
      selected(selector).map((labels) => ({ labels, sample: { tMs, value: 1 } })),
    range: (selector, fromMs, toMs) =>
      selected(selector).map((labels) => ({ labels, samples: samplesIn(fromMs, toMs) })),
  };
}
