import { isMap, isSeq, parseDocument } from 'yaml';
import type { JobContract } from '../model/contract.ts';
import type { AlertRule, Spec } from '../model/spec.ts';
import { elementsOf } from '../promql/evaluate/index.ts';
import type { Storage } from '../promql/evaluate/index.ts';
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

const NOTHING: Storage = { instant: () => [], range: () => [] };
const AT_MS = 1_700_000_000_000;
const BUDGET = 10_000;

/**
 * Whether an alert may be active where nothing is scraped, as `absent(up{job="api"})` is: in a
 * world without its job it would be told of. What isn't understood may.
 */
export function isActiveOnNothing({ expr }: AlertRule): boolean {
  const parsed = parseExpr(expr);
  if (!('expr' in parsed)) return true;
  try {
    const budget = { samples: BUDGET };
    const context = { storage: NOTHING, tMs: AT_MS, stepMs: 60_000, budget };
    return elementsOf(parsed.expr, context).length > 0;
  } catch {
    return true;
  }
}
