import { allRoutes } from '../../alertmanager/routing.ts';
import { PROMETHEUS } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import { eachNode, operandsIn, pipeOf } from '../../go-template/walk.ts';
import type { Rule } from '../../stack/rules.ts';
import { alertRelabelling } from './alert-relabelling.ts';
import type { Subject } from './subject.ts';

/**
 * A label that an alert's value makes and a route looks at: a series that stands for the expression
 * has another value, and would be told to somebody else.
 */
export function labelRoutedByValue(
  stack: Pick<Subject, 'prometheus' | 'alertmanager'>,
  { labels }: Pick<Rule, 'labels'>,
): string | undefined {
  const made = [...labels].flatMap(([name, { text }]) => (readsValue(text) ? [name] : []));
  // Relabelling may make any other label of it.
  if (made.length === 0 || alertRelabelling(stack).rules.length > 0) return made[0];
  const routes = stack.alertmanager?.route ? allRoutes(stack.alertmanager.route) : [];
  const asked = new Set(routes.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  return made.find((name) => asked.has(name));
}

function readsValue(text: string): boolean {
  if (!/value/i.test(text)) return false;
  let found = false;
  eachNode(parseTemplate(text, PROMETHEUS).nodes, (node) => {
    found ||= operandsIn(pipeOf(node)).some(
      (operand) =>
        (operand.type === 'variable' && operand.name === 'value') ||
        (operand.type === 'field' && operand.path[0] === 'Value'),
    );
  });
  return found;
}
