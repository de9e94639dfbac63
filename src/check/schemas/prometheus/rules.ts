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

/** A rule group, with the rules in it. */
export const ruleGroup: Fields = {
  fields: {
    name: 'text',
    interval: 'duration',
    query_offset: 'duration',
    limit: 'whole',
    labels: { map: 'text' },
    rules: { list: rule },
    // Thanos's; Prometheus Operator passes it through.
    partial_response_strategy: 'text',
  },
};

/** A rule file. */
export const ruleFile: Fields = { fields: { groups: { list: ruleGroup } } };
