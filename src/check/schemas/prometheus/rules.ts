import type { Fields } from '../shape.ts';

/**
 * One rule (model/rulefmt); what an alert and a recording rule may have is judged by rules of their
 * own.
 */
const rule: Fields = {
  fields: {
    alert: 'text',
    record: 'text',
    expr: 'text',
    for: 'duration',
    keep_firing_for: 'duration',
    labels: { map: 'text' },
    annotations: { map: 'text' },
  },
};

const groupFields: Fields['fields'] = {
  name: 'text',
  interval: 'duration',
  query_offset: 'duration',
  limit: 'whole',
  labels: { map: 'text' },
  rules: { list: rule },
  // Thanos's; Prometheus Operator passes it through.
  partial_response_strategy: 'text',
};

/** A rule group, with the rules in it. */
export const ruleGroup: Fields = { fields: groupFields };

/** A rule file. */
export const ruleFile: Fields = { fields: { groups: { list: ruleGroup } } };

/** A group of those that evaluate rules beside a Prometheus: Mimir's ruler, vmalert. */
export const rulerGroup: Fields = {
  fields: {
    ...groupFields,
    rules: { list: { fields: { ...rule.fields, debug: 'flag', update_entries_limit: 'whole' } } },
    // Mimir's (pkg/ruler/rulespb) and mimirtool's (pkg/mimirtool/rules/rwrulefmt).
    source_tenants: { list: 'text' },
    evaluation_delay: 'duration',
    align_evaluation_time_on_interval: 'flag',
    remote_write: 'any',
    // vmalert's (docs.victoriametrics.com/vmalert, "Groups").
    type: 'text',
    concurrency: 'whole',
    params: 'any',
    headers: 'any',
    notifier_headers: 'any',
    tenant: 'text',
    eval_offset: 'duration',
    eval_delay: 'duration',
    eval_alignment: 'flag',
  },
};

/** A file that such a ruler is given: in Mimir's, groups belong to a namespace. */
export const rulerFile: Fields = { fields: { namespace: 'text', groups: { list: rulerGroup } } };
