import { PROMETHEUS } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import { usesOf } from '../../../go-template/uses.ts';
import { selectors } from '../../../promql/ast.ts';
import { labelsOf } from '../../../promql/labels.ts';
import type { Rule } from '../../rule.ts';

const ROUTES = ['endpoint', 'route', 'path', 'handler', 'url', 'uri', 'http_route'];

export const onePerRoute: Rule = {
  id: 'alert/one-per-route',
  level: 'warning',
  title: 'One alert for each route where one for the service is meant',
  why: 'One fault of the service fires dozens of alerts at once, and a route with three requests a day fires at night.',
  mend: 'Aggregate: `sum by (job) (…)`; or name the route in the summary if each is meant.',
  check: ({ rules, metrics }, say) => {
    for (const { kind, name, expression, annotations } of rules) {
      if (kind !== 'alert' || !expression.expr) continue;
      const labels = labelsOf(expression.expr, metrics.labels);
      const route = ROUTES.find((label) => labels.has.has(label));
      // A fixed route is one route.
      if (
        route === undefined ||
        selectors(expression.expr).some((s) =>
          s.matchers.some((m) => m.label === route && m.op === '='),
        )
      )
        continue;
      const texts = [...annotations.values()].map(({ text }) =>
        usesOf(parseTemplate(text, PROMETHEUS).nodes),
      );
      if (texts.some((uses) => uses.allLabels || uses.labels.some((label) => label.name === route)))
        continue;
      say(
        expression.at(expression.expr),
        `${name} fires once for each \`${route}\`, and no text names it`,
        { subject: expression.subject },
      );
    }
  },
};
