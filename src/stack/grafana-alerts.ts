import type { Expression } from './expression.ts';
import { Expression as PromqlExpression } from './expression.ts';
import type { Grafana } from './grafana.ts';
import type { Value } from './source/value.ts';

/** A query of an alert rule of Grafana's, or an expression over others. */
export interface AlertQuery {
  refId: string;
  value: Value;
  model: Value;
  /** Whether Grafana works it out itself, of other queries. */
  isExpression: boolean;
  /** The names of the queries that an expression is over. */
  over: { refId: string; value: Value }[];
}

/** An alert rule of Grafana's, as its provisioning files have it. */
export interface GrafanaAlert {
  title: string;
  value: Value;
  group: Value;
  queries: AlertQuery[];
  /** The one PromQL query that all of its value comes from; undefined where there are several. */
  source: Expression | undefined;
}

/** Every alert rule of the provisioning files. */
export function grafanaAlerts({ alertingFiles }: Pick<Grafana, 'alertingFiles'>): GrafanaAlert[] {
  return alertingFiles
    .flatMap(({ root }) => root.get('groups').items())
    .flatMap((group) =>
      group
        .get('rules')
        .items()
        .filter((rule) => rule.isMap)
        .map((value) => readAlert(value, group)),
    );
}

function readAlert(value: Value, group: Value): GrafanaAlert {
  const title = value.get('title').text() ?? '';
  const queries = value.get('data').items().map(readQuery);
  const [asked, ...others] = queries.filter(({ isExpression }) => !isExpression);
  const expr = asked?.model.get('expr');
  // Classic conditions give no labels at all.
  const isClassic = queries.some(({ model }) => model.get('type').text() === 'classic_conditions');
  return {
    title,
    value,
    group,
    queries,
    source:
      others.length === 0 && expr?.text() !== undefined && !isClassic
        ? new PromqlExpression(expr, 'panel', `alert ${title}`)
        : undefined,
  };
}

function readQuery(value: Value): AlertQuery {
  const model = value.get('model');
  const isExpression = /^(__expr__|-100)$/.test(value.get('datasourceUid').text() ?? '');
  return {
    refId: value.get('refId').text() ?? '',
    value,
    model,
    isExpression,
    over: isExpression ? overOf(model) : [],
  };
}

/** pkg/expr: `math` names others as `$A`, the rest name one, classic conditions one in each. */
function overOf(model: Value): AlertQuery['over'] {
  const expression = model.get('expression');
  const text = expression.text() ?? '';
  switch (model.get('type').text()) {
    case 'math':
      return [...text.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)].map(([, refId = '']) => ({
        refId,
        value: expression,
      }));
    case 'reduce':
    case 'resample':
    case 'threshold':
      return [{ refId: text.replace(/^\$\{?|\}$/g, ''), value: expression }];
    case 'classic_conditions':
      return model
        .get('conditions')
        .items()
        .flatMap((one) => one.at('query', 'params').texts().slice(0, 1))
        .map(({ text: refId, value }) => ({ refId, value }));
    case undefined:
    default:
      return [];
  }
}
