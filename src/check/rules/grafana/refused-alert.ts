import { parseDurationMs } from '../../../lib/duration.ts';
import { grafanaAlerts } from '../../../stack/grafana-alerts.ts';
import type { GrafanaAlert } from '../../../stack/grafana-alerts.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Value } from '../../../stack/source/value.ts';
import { perOrganisation } from '../../common/provisioned-by.ts';
import type { Rule, Say } from '../../rule.ts';

/** Grafana's scheduler counts in these (`[unified_alerting]`, `base_interval`). */
const TICK_MS = 10_000;

/** pkg/services/ngalert/models/alert_rule.go. */
const STATES = {
  noDataState: ['Alerting', 'NoData', 'OK', 'KeepLast'],
  execErrState: ['Alerting', 'Error', 'OK', 'KeepLast'],
};

/** pkg/expr/threshold.go and pkg/expr/classic/evaluator.go. */
const EVALUATORS = /^(gt|lt|eq|ne|gte|lte|no_value|(within|outside)_range(_included)?)$/;

export const refusedAlert: Rule = {
  id: 'grafana/refused-alert',
  level: 'error',
  title: 'An alert rule that Grafana refuses, or that fails whenever it is evaluated',
  why:
    'Provisioning fails and Grafana does not start; or the rule is in error at each evaluation, ' +
    'and nobody is told of what it is about.',
  mend: 'Write it as Grafana exports it: `uid`, `title`, `condition`, `data`, and queries that are there.',
  check: (stack, say) => {
    const { grafana } = stack;
    for (const group of grafana.alertingFiles.flatMap(({ root }) => root.get('groups').items()))
      sayGroup(group, say);
    const alerts = grafanaAlerts(grafana);
    for (const alert of alerts) sayAlert(alert, say);
    for (const uid of doubleUids(stack, alerts))
      say(uid.place, `the uid \`${uid.text() ?? ''}\` stands twice`);
  },
};

/** Uids that a rule before has, of those that the same Grafana loads. */
function doubleUids(stack: Stack, alerts: GrafanaAlert[]): Set<Value> {
  const groups = perOrganisation(
    stack,
    alerts.map(({ value, group }) => ({ uid: value.get('uid'), group })),
    ({ uid, group }) => ({ file: uid.file, organisation: group.get('orgId').text() }),
  );
  return new Set(
    groups.flatMap((group) => {
      const seen = new Set<string>();
      return group.flatMap(({ uid }) => {
        const text = uid.text() ?? '';
        const isDouble = text !== '' && seen.has(text);
        seen.add(text);
        return isDouble ? [uid] : [];
      });
    }),
  );
}

function sayGroup(group: Value, say: Say): void {
  for (const key of ['name', 'folder'])
    if ((group.get(key).text() ?? '').trim() === '') say(group.head, `the group has no \`${key}\``);
  const interval = group.get('interval');
  const text = interval.text() ?? '';
  const ms = parseDurationMs(text);
  if (text.includes('$')) return;
  if (ms === undefined || ms === 0) say(interval.place, `\`${text}\` is no interval`);
  else if (ms % TICK_MS !== 0)
    say(interval.place, `\`${text}\` is no multiple of 10s, in which Grafana counts`);
}

function sayAlert({ title, value, queries }: GrafanaAlert, say: Say): void {
  const subject = `alert ${title}`;
  for (const key of ['uid', 'title', 'condition'])
    if ((value.get(key).text() ?? '').trim() === '')
      say(value.head, `the rule has no \`${key}\``, { subject });
  if (queries.length === 0) say(value.head, 'the rule has no `data`', { subject });
  const known = new Set(queries.map(({ refId }) => refId));
  for (const { model } of queries)
    for (const one of model.get('conditions').items()) {
      const type = one.at('evaluator', 'type');
      const text = type.text();
      if (text !== undefined && !text.includes('$') && !EVALUATORS.test(text))
        say(type.place, `\`${text}\` is no way to compare that Grafana knows`, { subject });
    }
  const condition = value.get('condition');
  const wanted = condition.text() ?? '';
  if (wanted !== '' && queries.length > 0 && !known.has(wanted))
    say(condition.place, `the condition is \`${wanted}\`, and no query has that name`, { subject });
  for (const { over, refId } of queries)
    for (const one of over)
      if (!known.has(one.refId) || (one.refId === refId && over.length === 1))
        say(
          one.value.place,
          `\`${refId}\` is worked out of \`${one.refId}\`, which is no other query`,
          {
            subject,
          },
        );
  for (const key of ['for', 'keepFiringFor', 'keep_firing_for'])
    for (const { text, value: at } of value.get(key).texts())
      if (text !== '' && !text.includes('$') && parseDurationMs(text) === undefined)
        say(at.place, `\`${text}\` is no duration`, { subject });
  for (const [key, states] of Object.entries(STATES))
    for (const { text, value: at } of value.get(key).texts())
      if (text.trim() !== '' && !text.includes('$') && !states.includes(text.trim()))
        say(at.place, `\`${key}\` is one of ${states.join(', ')}, and not \`${text}\``, {
          subject,
        });
}
