import type { MutantResult } from '../../model/mutation.ts';

/**
 * What the finding that notices a mistake must name for somebody to look at the right place first:
 * the key or the part that was changed, by the way in which it is wrong. Of panels it is the panel.
 */
const NAMED: Record<string, RegExp> = {
  'for-shorter': /`for`/,
  'for-longer': /`for`/,
  'for-gone': /`for`/,
  'keep-firing-for-shorter': /`keep_firing_for`/,
  'keep-firing-for-longer': /`keep_firing_for`/,
  'keep-firing-for-gone': /`keep_firing_for`/,
  'label-changed': /severity|label/,
  'label-dropped': /severity|label/,
  'rule-deleted': /no rule is named|nothing records/,
  'rule-duplicated': /already/,
  'rule-moved': /evaluated every|`interval`/,
  'group-interval-changed': /evaluated every|`interval`/,
  'range-changed': /window|looks back|over a fixed|scrapes?\b/,
  'range-under-two-scrapes': /window|looks back|over a fixed|scrape/,
  // How people are told.
  'receiver-swapped': /routed to/,
  'route-matcher-broken': /routed to|matches|never/,
  'continue-flipped': /routed to|never reached/,
  'routes-reordered': /routed to|never reached/,
  'route-deleted': /routed to/,
  'group-wait-changed': /`group_wait`/,
  'group-interval-changed-of-route': /`group_interval`/,
  'repeat-interval-changed': /`repeat_interval`/,
  'group-by-changed': /comes together|group_by/,
  'muted-at-times': /minutes of the week/,
  'active-at-times': /minutes of the week/,
  'send-resolved-flipped': /is over|send_resolved|resolved/,
  'integration-removed': /_configs/,
  'addressee-changed': /tells/,
  // How targets are scraped.
  'job-dropped': /no job scrapes/,
  'port-changed': /`static_configs`/,
  'path-changed': /`metrics_path`/,
  'scheme-changed': /`scheme`/,
  'scrape-interval-changed': /`scrape_interval`/,
  'scrape-timeout-changed': /`scrape_timeout`/,
  'metrics-dropped': /`metric_relabel_configs`/,
  'label-relabelled': /`relabel_configs`/,
  'sample-limit': /`sample_limit`|limit/,
  'honor-labels': /count then/,
  // What services export.
  'metric-renamed': /\[metric-missing\]/,
  'metric-type-changed': /\[metric-wrong-type\]/,
  'metric-unit-changed': /\[(value|quantile|count|panel-value)-differs\]/,
  'label-lost': /\[metric-wrong-labels\]/,
  'label-value-wrong': /too few series|no series of what/,
  'label-without-bound': /\[(metric-wrong-labels|too-many-series)\]/,
  'counter-skips': /\[(count|value)-differs\]/,
  'gauge-never-falls': /\[value-differs\]/,
  'raw-path': /\[raw-path-in-label\]/,
  'buckets-cut-off': /no bucket/,
};
const TEXTS = /`annotations`|is always empty|printed raw|has no|`\$labels|runbook|dashboard/;
const MESSAGE = /\breads\b|\[template\//;
const VARIABLE = /`(query|default|all|multi)` of \$|no variable|variable/;
const LOOKS: Record<string, RegExp> = {
  'unit-changed': /has the unit|unit/,
  'legend-changed': /calls what|legend/,
  'legends-swapped': /calls what|legend/,
  'threshold-moved': /changes its colour/,
  'reduction-changed': /of a series, and/,
  'panel-deleted': /no panel is called|fewer panels/,
  'data-source-changed': /data source/,
};
const INHIBITION = /silences?\b/;
const EXTERNAL = /external label/;
/** What else is changed is in an expression. */
const EXPRESSION = /`expr`|\[promql\/|always empty|compares nothing|evaluated otherwise/;

/** A result with whether what noticed it names the cause; of the others as it is. */
export function withCause(result: MutantResult): MutantResult {
  return result.fate === 'killed' ? { ...result, namesCause: namesCause(result) } : result;
}

/** Whether what noticed a mistake names what was got wrong; of a mutant that was noticed. */
export function namesCause({ mutant, because }: MutantResult): boolean {
  if (mutant.kind === 'message') return MESSAGE.test(because);
  if (mutant.operator.startsWith('variable-')) return VARIABLE.test(because);
  if (mutant.operator in LOOKS) return LOOKS[mutant.operator]?.test(because) ?? false;
  if (mutant.kind === 'dashboard')
    return because
      .replaceAll(' / ', '/')
      .includes(mutant.subject.replace('panel ', '').replaceAll(' / ', '/'));
  return patternOf(mutant).test(because);
}

function patternOf({ kind, operator }: MutantResult['mutant']): RegExp {
  if (operator.startsWith('annotation-')) return TEXTS;
  if (operator.startsWith('inhibition-')) return INHIBITION;
  if (operator.startsWith('external-')) return EXTERNAL;
  const key =
    kind === 'routing' && operator === 'group-interval-changed' ? `${operator}-of-route` : operator;
  return NAMED[key] ?? EXPRESSION;
}
