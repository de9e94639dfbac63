import type { Block, Node } from '../../go-template/ast.ts';
import { eachNode, operandsIn, pipeOf } from '../../go-template/walk.ts';
import type { TemplateMistake, TemplateOperator } from './operator.ts';

/** An operator that looks at each node by itself. */
function perNode(
  id: string,
  mistakes: (node: Node, text: string, names: readonly string[]) => TemplateMistake[],
): TemplateOperator {
  return {
    id,
    mistakes: ({ nodes, text, names }) => {
      const found: TemplateMistake[] = [];
      eachNode(nodes, (node) => void found.push(...mistakes(node, text, names)));
      return found;
    },
  };
}

const isBlock = (node: Node, ...keywords: string[]): node is Block =>
  node.type === 'block' && keywords.includes(node.keyword);

/** An `if`, `with` or `range` with all that stands in it. */
const blockMissing = perNode('message-block-missing', (node) =>
  isBlock(node, 'if', 'with', 'range') ? [{ from: node.from, to: node.end.to, text: '' }] : [],
);

/** What was told under a condition is told always. */
const conditionMissing = perNode('message-condition-missing', (node, text) =>
  isBlock(node, 'if') && node.otherwise.length === 0
    ? [{ from: node.from, to: node.end.to, text: text.slice(node.to, node.end.from) }]
    : [],
);

/** Only the first is told, where each was. */
const rangeGone = perNode('message-range-gone', (node, text) => {
  const [operand, ...others] = operandsIn(pipeOf(node));
  if (!isBlock(node, 'range') || !operand || others.length > 0 || !node.pipe) return [];
  if (node.pipe.declares.length > 0) return [];
  const list = text.slice(operand.from, operand.to);
  const opening = text.slice(node.from, node.to).replace(`range ${list}`, `with index ${list} 0`);
  return [{ from: node.from, to: node.to, text: opening }];
});

const OPPOSITES: Record<string, string> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  gt: 'le',
  ge: 'lt',
  le: 'gt',
};

const comparisonTurned = perNode('message-comparison-turned', (node) =>
  operandsIn(pipeOf(node)).flatMap((operand) => {
    const opposite = operand.type === 'name' ? OPPOSITES[operand.name] : undefined;
    return opposite === undefined ? [] : [{ from: operand.from, to: operand.to, text: opposite }];
  }),
);

/** `{{ .Status | toUpper }}` without its function. */
const functionMissing = perNode('message-function-missing', (node) => {
  const commands = pipeOf(node)?.commands ?? [];
  const [before, last] = [commands.at(-2)?.at(-1), commands.at(-1)?.at(-1)];
  return before && last ? [{ from: before.to, to: last.to, text: '' }] : [];
});

/** `{{ .Annotations.description }}`, or a template that is called. */
const valueMissing = perNode('message-value-missing', (node) =>
  (node.type === 'action' && node.pipe.declares.length === 0) || node.type === 'use'
    ? [{ from: node.from, to: node.to, text: '' }]
    : [],
);

/** Words that people read, such as `Runbook:`. */
const wordsMissing = perNode('message-words-missing', (node, text) => {
  if (node.type !== 'text') return [];
  const words = /\S+/.exec(text.slice(node.from, node.to));
  if (!words) return [];
  const from = node.from + words.index;
  return [{ from, to: from + words[0].length, text: '' }];
});

const templateOfAnother = perNode('message-template-of-another', (node, text, names) => {
  if (node.type !== 'use') return [];
  const other = names.find((name) => name !== node.name);
  const written = text.slice(node.from, node.to);
  return other === undefined
    ? []
    : [{ from: node.from, to: node.to, text: written.replace(node.name, other) }];
});

export const PART_OPERATORS: TemplateOperator[] = [
  blockMissing,
  conditionMissing,
  rangeGone,
  comparisonTurned,
  functionMissing,
  valueMissing,
  wordsMissing,
  templateOfAnother,
];
