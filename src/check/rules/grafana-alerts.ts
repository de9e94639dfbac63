import { parseDurationMs } from '../../lib/duration.ts';
import { GRAFANA } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { usesOf } from '../../go-template/uses.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import { labelsOf } from '../../promql/labels.ts';
import { grafanaAlerts } from '../../stack/grafana-alerts.ts';
import type { GrafanaAlert } from '../../stack/grafana-alerts.ts';
import type { Stack } from '../../stack/index.ts';
import type { Value } from '../../stack/source/value.ts';
import type { ReadTemplate } from '../read-templates.ts';
import type { Rule, Say } from '../rule.ts';

/** Grafana's scheduler counts in these (`[unified_alerting]`, `base_interval`). */
const TICK_MS = 10_000;
/** pkg/services/ngalert/models/alert_rule.go. */
const STATES = {
  noDataState: ['Alerting', 'NoData', 'OK', 'KeepLast'],
  execErrState: ['Alerting', 'Error', 'OK', 'KeepLast'],
};
/** pkg/expr/threshold.go and pkg/expr/classic/evaluator.go. */
const EVALUATORS = /^(gt|lt|eq|ne|gte|lte|no_value|(within|outside)_range(_included)?)$/;
/** What Grafana puts to the labels of each alert. */
const OWN_LABELS = /^(alertname|grafana_folder|__.*)$/;

export const refusedAlert: Rule = {
  id: 'grafana/refused-alert',
  level: 'error',
  title: 'An alert rule that Grafana refuses, or that fails whenever it is evaluated',
  why:
    'Provisioning fails and Grafana does not start; or the rule is in error at each evaluation, ' +
    'and nobody is told of what it is about.',
  mend: 'Write it as Grafana exports it: `uid`, `title`, `condition`, `data`, and queries that are there.',
  check: ({ grafana }, say) => {
    for (const group of grafana.alertingFiles.flatMap(({ root }) => root.get('groups').items()))
      sayGroup(group, say);
    const uids = new Set<string>();
    for (const alert of grafanaAlerts(grafana)) {
      sayAlert(alert, say);
      const uid = alert.value.get('uid');
      if (uids.has(uid.text() ?? ''))
        say(uid.place, `the uid \`${uid.text() ?? ''}\` stands twice`);
      uids.add(uid.text() ?? `of ${uid.place.from}`);
    }
  },
};

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

/** The annotations of Grafana's alerts, parsed. */
export function grafanaTexts({ grafana }: Stack): (ReadTemplate & { title: string })[] {
  return grafanaAlerts(grafana).flatMap(({ title, value }) =>
    value
      .get('annotations')
      .entries()
      .flatMap(({ value: text }) => {
        const written = text.text() ?? '';
        if (!written.includes('{{')) return [];
        return [
          {
            title,
            template: parseTemplate(written, GRAFANA),
            at: ({ from, to }: { from: number; to: number }) => text.within(from, to),
          },
        ];
      }),
  );
}

/** Labels that the texts of Grafana's alerts name, and their one query doesn't keep. */
export function sayLostLabels({ grafana, metrics }: Stack, say: Say): void {
  for (const { title, value, source } of grafanaAlerts(grafana)) {
    if (!source?.expr) continue;
    const kept = labelsOf(source.expr, metrics.labels);
    const own = new Set(
      value
        .get('labels')
        .entries()
        .map(({ key }) => key),
    );
    for (const { value: text } of value.get('annotations').entries()) {
      const template = parseTemplate(text.text() ?? '', GRAFANA);
      if (template.error) continue;
      const uses = usesOf(template.nodes);
      for (const { name, from, to } of uses.labels)
        if (
          !own.has(name) &&
          !OWN_LABELS.test(name) &&
          !uses.optional.has(name) &&
          surelyLacks(kept, name)
        )
          say(text.within(from, to), `\`${name}\` is always empty here`, {
            subject: `alert ${title}`,
          });
    }
  }
}
