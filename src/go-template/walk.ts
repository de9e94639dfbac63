import type { Field, Node, Operand, Pipe } from './ast.ts';

/** Calls `visit` with each node, and with the blocks around it, the outermost first. */
export function eachNode(
  nodes: readonly Node[],
  visit: (node: Node, around: readonly Node[]) => void,
  around: readonly Node[] = [],
): void {
  for (const node of nodes) {
    visit(node, around);
    if (node.type !== 'block') continue;
    eachNode(node.body, visit, [...around, node]);
    eachNode(node.otherwise, visit, around);
  }
}

/** The pipeline of a node; undefined where it has none. */
export function pipeOf(node: Node): Pipe | undefined {
  return node.type === 'text' ? undefined : node.pipe;
}

/** Every operand of a pipeline, those within parentheses too. */
export function operandsIn(pipe: Pipe | undefined): Operand[] {
  return (pipe?.commands.flat() ?? []).flatMap((operand) => [
    operand,
    ...(operand.type === 'nested' ? operandsIn(operand.pipe) : []),
  ]);
}

/** Every `.a.b` of a template. */
export function fieldsIn(nodes: readonly Node[]): Field[] {
  const fields: Field[] = [];
  eachNode(nodes, (node) => {
    for (const operand of operandsIn(pipeOf(node)))
      if (operand.type === 'field' && operand.path.length > 0) fields.push(operand);
  });
  return fields;
}
