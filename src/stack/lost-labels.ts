import type { Matcher } from '../promql/ast.ts';
import { ANY_LABELS } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { SCRAPED } from '../promql/labels.ts';
import { passes } from '../promql/matchers.ts';
import { isReport } from '../promql/reports.ts';
import { actionOf, patternOf, sourcesOf } from '../promql/relabel.ts';
import type { RelabelRule } from '../promql/relabel.ts';
import { matchesWhole } from '../promql/regex/match.ts';
import type { Stack } from './index.ts';
import { receivesSeries } from './prometheus-flags.ts';
import type { Prometheus, ScrapeJob } from './prometheus.ts';

/** Labels that Prometheus gives its targets, and that a job's series may yet come without. */
export interface LostLabels {
  /** The label `job` of its series; undefined where nobody can tell. */
  job: string | undefined;
  /** Of what Prometheus itself writes of each scrape. */
  ofReports: ReadonlySet<string>;
  /** Of all that its targets export. */
  ofOthers: ReadonlySet<string>;
}

const GIVEN = ['job', 'instance'] as const;
/** What discovery always fills in. */
const ALWAYS_THERE = new Set(['__address__', '__meta_kubernetes_service_name']);
const WRITING = new Set(['replace', 'replace_all', 'lowercase', 'uppercase']);

/** What may have lost `job` or `instance` on its way: by job, and what comes by itself. */
export function lostLabels(stack: Pick<Stack, 'composes' | 'prometheus'>): LostLabels[] {
  const pushed: LostLabels[] = receivesSeries(stack)
    ? [{ job: undefined, ofReports: new Set(), ofOthers: new Set(GIVEN) }]
    : [];
  return [...stack.prometheus.flatMap((one) => one.jobs.map((job) => ofJob(job, one))), ...pushed];
}

/** The labels that each target is given, but for those that a job in question may lose. */
export function scrapedLabels(
  name: string,
  matchers: readonly Matcher[],
  lost: readonly LostLabels[],
): LabelSet {
  const ofJob = matchers.filter((matcher) => matcher.label === 'job');
  const gone = lost
    .filter(
      ({ job }) => job === undefined || ofJob.every((matcher) => passes(matcher, job) !== false),
    )
    .flatMap((one) => [...(isReport(name) ? one.ofReports : one.ofOthers)]);
  return { ...ANY_LABELS, has: new Set(SCRAPED.filter((label) => !gone.includes(label))) };
}

function ofJob(job: ScrapeJob, { root, origin }: Prometheus): LostLabels {
  const own = mapOf(job.made?.config ?? job.value.json());
  // VictoriaMetrics' scraper relabels whatever its jobs do.
  const common = origin === 'operator' ? {} : mapOf(root.get('global').json());
  const rules = (key: string): RelabelRule[] =>
    [own, common].flatMap((map) => map[key] ?? []).map(mapOf);
  const ofTargets = rules('relabel_configs');
  const ofMetrics = rules('metric_relabel_configs');
  // A target without an instance is given its address.
  const ofReports = ofTargets.some((rule) => mayLose(rule, 'job')) ? ['job'] : [];
  // What a target exports stands, be it empty.
  const honours = own['honor_labels'] === true;
  const ofOthers = GIVEN.filter(
    (label) =>
      honours || ofReports.includes(label) || ofMetrics.some((rule) => mayLose(rule, label)),
  );
  const isAsNamed =
    !honours &&
    ![...ofTargets, ...ofMetrics].some((rule) => mayChange(rule, 'job')) &&
    !job.statics.some(({ labels }) => labels.some(({ key }) => key === 'job'));
  return {
    job: isAsNamed ? job.name : undefined,
    ofReports: new Set(ofReports),
    ofOthers: new Set(ofOthers),
  };
}

/** Whether a relabelling rule may make anything else of a label. */
function mayChange(rule: RelabelRule, label: string): boolean {
  const action = actionOf(rule);
  return action.startsWith('labelmap') || writes(rule, label) || mayLose(rule, label);
}

/** Whether a relabelling rule may take a label away, or write an empty text over it. */
function mayLose(rule: RelabelRule, label: string): boolean {
  const action = actionOf(rule);
  if (action === 'labeldrop') return matchesWhole(patternOf(rule), label) !== false;
  if (action === 'labelkeep') return matchesWhole(patternOf(rule), label) !== true;
  if (!WRITING.has(action) || !writes(rule, label)) return false;
  const isSure = sourcesOf(rule).some((source) => source === label || ALWAYS_THERE.has(source));
  if (action === 'lowercase' || action === 'uppercase') return !isSure;
  const replacement = rule['replacement'] === undefined ? '$1' : textOf(rule['replacement']);
  if (replacement.replaceAll(/\$(?:\{\w*\}|\w+)/g, '') !== '') return false;
  // All that is there, or all that is not empty.
  const isWhole = replacement === '$1' || replacement === '${1}';
  return !(isWhole && (patternOf(rule) === '(.+)' || (isSure && patternOf(rule) === '(.*)')));
}

function writes(rule: RelabelRule, label: string): boolean {
  const target = textOf(rule['target_label']);
  return target === label || target.includes('$');
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
