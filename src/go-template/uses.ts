import type { Action, At, Node, Operand, Pipe } from './ast.ts';

/** What a template of a rule does with the alert's labels and value. */
export interface Uses {
  /** Labels that it prints or compares, by `$labels.x`, `.Labels.x` or `index $labels "x"`. */
  labels: (At & { name: string })[];
  /** Labels that a condition asks for: not to be there is foreseen. */
  optional: Set<string>;
  /** Whether it goes over all labels. */
  allLabels: boolean;
  /**
   * Each action that prints the value; `raw` without anything that gives it a form, `after` what
   * people read behind it.
   */
  values: { action: Action; raw: boolean; functions: string[]; after: string }[];
}

/** Goes through a parsed template; `.` is followed as long as it is the alert itself. */
export function usesOf(nodes: Node[]): Uses {
  const uses: Uses = { labels: [], optional: new Set(), allLabels: false, values: [] };
  const labelsIn = (pipe: Pipe, top: boolean): Uses['labels'] =>
    pipe.commands.flatMap((command) => {
      const [first, second, third] = command;
      if (
        first?.type === 'name' &&
        first.name === 'index' &&
        second &&
        third?.type === 'literal' &&
        isLabels(second, top)
      )
        return [{ name: third.value, from: third.from, to: third.to }];
      return command.flatMap((operand) => {
        if (isLabels(operand, top)) uses.allLabels = true;
        return operand.type === 'nested' ? labelsIn(operand.pipe, top) : labelOf(operand, top);
      });
    });
  const go = (list: Node[], top: boolean): void => {
    list.forEach((node, i) => {
      if (node.type === 'action') {
        uses.labels.push(...labelsIn(node.pipe, top));
        const printed = printsValue(node.pipe, top);
        const next = list[i + 1];
        if (printed && node.pipe.declares.length === 0)
          uses.values.push({
            action: node,
            ...printed,
            after: behindVerb(node.pipe) + (next?.type === 'text' ? next.text : ''),
          });
      }
      if (node.type === 'use' && node.pipe) uses.labels.push(...labelsIn(node.pipe, top));
      if (node.type !== 'block') return;
      const asked = node.pipe ? labelsIn(node.pipe, top) : [];
      uses.labels.push(...asked);
      if (node.keyword === 'if' || node.keyword === 'with')
        for (const label of asked) uses.optional.add(label.name);
      const inside = top && node.keyword === 'if';
      go(node.body, inside);
      go(node.otherwise, top);
    });
  };
  go(nodes, true);
  return uses;
}

/** What `printf` writes behind the value. */
function behindVerb({ commands }: Pipe): string {
  const [printf, format] = commands.at(-1) ?? [];
  return printf?.type === 'name' && printf.name === 'printf' && format?.type === 'literal'
    ? format.value.replace(/^.*?%[-+ #\d.]*[a-zA-Z]/s, '').replaceAll('%%', '%')
    : '';
}

function isLabels(operand: Operand, top: boolean): boolean {
  return (
    (operand.type === 'variable' && operand.name === 'labels' && operand.path.length === 0) ||
    (top && operand.type === 'field' && operand.path.length === 1 && operand.path[0] === 'Labels')
  );
}

function labelOf(operand: Operand, top: boolean): Uses['labels'] {
  const name =
    operand.type === 'variable' && operand.name === 'labels'
      ? operand.path[0]
      : top && operand.type === 'field' && operand.path[0] === 'Labels'
        ? operand.path[1]
        : undefined;
  return name === undefined ? [] : [{ name, from: operand.from, to: operand.to }];
}

function isValue(operand: Operand | undefined, top: boolean): boolean {
  return (
    (operand?.type === 'variable' && operand.name === 'value' && operand.path.length === 0) ||
    (top && operand?.type === 'field' && operand.path.join('.') === 'Value')
  );
}

/** Undefined when the value isn't printed by this pipeline. */
function printsValue(pipe: Pipe, top: boolean): { raw: boolean; functions: string[] } | undefined {
  const operands = pipe.commands.flat();
  if (
    !operands.some(
      (operand) =>
        isValue(operand, top) || (operand.type === 'nested' && printsValue(operand.pipe, top)),
    )
  )
    return undefined;
  const functions = namesIn(pipe);
  const formats = operands.flatMap((o) => (o.type === 'literal' ? [o.value] : []));
  const printf = functions.includes('printf') && formats.some((f) => /%v/.test(f));
  return {
    raw:
      functions.length === 0 ||
      (functions.every((f) => f === 'print' || f === 'printf') &&
        (printf || !functions.includes('printf'))),
    functions,
  };
}

function namesIn(pipe: Pipe): string[] {
  return pipe.commands
    .flat()
    .flatMap((operand) =>
      operand.type === 'name'
        ? [operand.name]
        : operand.type === 'nested'
          ? namesIn(operand.pipe)
          : [],
    );
}

/** The texts and actions of all definitions, by name. */
export function definitions(nodes: Node[]): { name: string; body: Node[] }[] {
  return nodes.flatMap((node) =>
    node.type === 'block'
      ? [
          ...(node.name === undefined ? [] : [{ name: node.name, body: node.body }]),
          ...definitions(node.body),
          ...definitions(node.otherwise),
        ]
      : [],
  );
}

/** Every `{{ template "name" }}`. */
export function templateUses(nodes: Node[]): (At & { name: string })[] {
  return nodes.flatMap((node) =>
    node.type === 'use'
      ? [node]
      : node.type === 'block'
        ? [...templateUses(node.body), ...templateUses(node.otherwise)]
        : [],
  );
}
