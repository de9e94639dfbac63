import { GRAFANA } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { usesOf } from '../../go-template/uses.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import { labelsOf } from '../../promql/labels.ts';
import { grafanaAlerts } from '../../stack/grafana-alerts.ts';
import type { Stack } from '../../stack/index.ts';
import type { ReadTemplate } from './read-templates.ts';
import type { Say } from '../rule.ts';

/** What Grafana puts to the labels of each alert. */
const OWN_LABELS = /^(alertname|grafana_folder|__.*)$/;

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
