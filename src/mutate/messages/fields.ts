import type { Node } from '../../go-template/ast.ts';
import { eachNode, fieldsIn, operandsIn, pipeOf } from '../../go-template/walk.ts';
import type { TemplateMistake, TemplateOperator } from './operator.ts';

/** `.Annotations.summary` where `.Annotations.description` was meant, or what nothing has. */
export const fieldWrong: TemplateOperator = {
  id: 'message-field-wrong',
  mistakes: ({ nodes, fields }) =>
    fieldsIn(nodes).flatMap(({ path, from, to }) => {
      if (path.length < 2) return [];
      const own = `.${path.join('.')}`;
      const holder = `.${path.slice(0, -1).join('.')}.`;
      const sibling = fields.find(
        (other) => other !== own && other.startsWith(holder) && !SPECIAL.test(other),
      );
      return SPECIAL.test(own) ? [] : [{ from, to, text: sibling ?? `${own}x` }];
    }),
};

/** Methods, and what has a mistake of its own. */
const SPECIAL = /\.(SortedPairs|Names|Values|Remove|Firing|Resolved|UTC|Format)\b/;

/** Of every alert the first one's. */
export const fieldOfAnother: TemplateOperator = {
  id: 'message-of-another-alert',
  mistakes: ({ nodes }) => {
    const found: TemplateMistake[] = [];
    eachNode(nodes, (node, around) => {
      if (!isInAlert(around)) return;
      for (const operand of operandsIn(pipeOf(node)))
        if (operand.type === 'field' && /^[A-Z]/.test(operand.path[0] ?? ''))
          found.push({
            from: operand.from,
            to: operand.to,
            text: `(index $.Alerts 0).${operand.path.join('.')}`,
          });
    });
    return found;
  },
};

/** Whether the dot is one of the alerts: the innermost block that changes it goes over them. */
function isInAlert(around: readonly Node[]): boolean {
  const inner = around.findLast(
    (block) =>
      block.type === 'block' && ['range', 'with', 'define', 'block'].includes(block.keyword),
  );
  return inner?.type === 'block' && inner.keyword === 'range' && isOverAlerts(inner);
}

function isOverAlerts(block: Node): boolean {
  const [first] = operandsIn(pipeOf(block));
  return first?.type === 'field' && first.path[0] === 'Alerts';
}

const OPPOSITES: Record<string, string> = {
  firing: 'resolved',
  resolved: 'firing',
  Firing: 'Resolved',
  Resolved: 'Firing',
  StartsAt: 'EndsAt',
  EndsAt: 'StartsAt',
};

/** What fires is told as over, and what is over as firing. */
export const statusSwapped: TemplateOperator = {
  id: 'message-status-swapped',
  mistakes: ({ nodes, text }) => {
    const found: TemplateMistake[] = [];
    eachNode(nodes, (node) => {
      for (const { type, from, to } of operandsIn(pipeOf(node))) {
        if (type !== 'field' && type !== 'literal') continue;
        const written = text.slice(from, to);
        const swapped = written.replace(WORD, (word) => OPPOSITES[word] ?? word);
        if (swapped !== written) found.push({ from, to, text: swapped });
      }
    });
    return found;
  },
};
const WORD = /\b(firing|resolved|Firing|Resolved|StartsAt|EndsAt)\b/;
