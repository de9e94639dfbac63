import { eachExpr } from '../../promql/ast.ts';
import { relabel } from '../../promql/relabel.ts';
import type { RelabelRule } from '../../promql/relabel.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import type { Stack } from '../../stack/index.ts';
import type { ScrapeJob } from '../../stack/prometheus.ts';
import { needsRun } from '../scraping.ts';
import { hintFor } from './hints.ts';

/** What a run scraped of one job. */
export interface Scraped {
  /** The most samples of one scrape, after relabelling. */
  samples: number;
  /** Labels of samples that were renamed since the target has one of that name. */
  renamed: string[];
}

type Outcome = Pick<MutantResult, 'fate' | 'because'>;

const NEEDS_RUN: Outcome = {
  fate: 'undecided',
  because: 'What is scraped of it is not known without a run: --run would tell.',
};

/**
 * Judges mistakes in a scrape job that break no promise of the contract, by what the stack reads
 * and by what a run scraped.
 * @param jobIn the job of a mutant as its files then have it
 * @param scraped by the job's name; undefined without a run
 */
export function judgeScraping(
  mutant: Mutant,
  stack: Stack,
  jobIn: (mutant: Mutant) => ScrapeJob | undefined,
  scraped: ReadonlyMap<string, Scraped> | undefined,
): MutantResult {
  const job = needsRun(mutant) ? jobIn(mutant) : undefined;
  if (!job) return { mutant, fate: 'survived', because: hintFor(mutant) };
  if (mutant.operator === 'metrics-dropped') return { mutant, ...ofDropped(job, stack) };
  const known = scraped?.get(job.name);
  if (!known) return { mutant, ...NEEDS_RUN };
  return { mutant, ...(mutant.operator === 'sample-limit' ? ofLimit : ofHonoured)(job, known) };
}

/** Nobody misses what nobody reads; what the contract promises was looked at before. */
function ofDropped(job: ScrapeJob, stack: Stack): Outcome {
  const names = readOf(job.name, stack);
  const lost = names?.find((name) => isDropped(name, job));
  if (names === undefined || lost !== undefined)
    return {
      fate: 'survived',
      because:
        `${lost ?? 'What is dropped'} may be read: \`metrics\` of the contract would tell, ` +
        `if it promised it of ${job.name}.`,
    };
  return { fate: 'equivalent', because: `No rule and no panel reads what ${job.name} loses.` };
}

/**
 * Names of the metrics that are read and that a job may export: one that the contract promises of
 * other jobs alone is none of its own, which a run proves. Undefined where a selector has no name.
 */
function readOf(job: string, { expressions, contract }: Stack): string[] | undefined {
  const foreign = new Set(
    contract?.metrics.filter(({ jobs }) => !jobs.includes(job)).map(({ name }) => name),
  );
  const names = new Set<string | undefined>();
  for (const { expr } of expressions)
    if (expr) eachExpr(expr, (part) => void (part.type === 'selector' && names.add(part.name)));
  if (names.has(undefined)) return undefined;
  const own = [...names].filter((name) => name !== undefined);
  return own.filter((name) => !foreign.has(name.replace(/_(bucket|sum|count)$/, '')));
}

function isDropped(name: string, job: ScrapeJob): boolean {
  const rules = job.value.get('metric_relabel_configs').items();
  return (
    'droppedBy' in
    relabel(
      { __name__: name },
      rules.map((rule) => rule.json() as RelabelRule),
    )
  );
}

function ofLimit({ name, value }: ScrapeJob, { samples }: Scraped): Outcome {
  const limit = Number(value.get('sample_limit').text());
  return samples > limit
    ? {
        fate: 'killed',
        because: `every scrape of ${name} fails: it has ${samples} samples, and ${limit} is the limit`,
      }
    : {
        fate: 'survived',
        because: `The run scraped ${samples} samples of ${name}: more than ${limit} would tell.`,
      };
}

function ofHonoured({ name }: ScrapeJob, { renamed }: Scraped): Outcome {
  return renamed.length === 0
    ? { fate: 'equivalent', because: `No sample of ${name} has a label of its target's.` }
    : {
        fate: 'killed',
        because: `samples of ${name} have a ${renamed.join(', ')} of their own, which counts then`,
      };
}
