import type { Node, Operand, Pipe, TemplateError } from './ast.ts';

/** How many arguments each function takes: at least, and at most (text/template; template/template.go of Prometheus). */
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  query: [1, 1],
  first: [1, 1],
  label: [2, 2],
  value: [1, 1],
  strvalue: [1, 1],
  reReplaceAll: [3, 3],
  safeHtml: [1, 1],
  match: [2, 2],
  title: [1, 1],
  toUpper: [1, 1],
  toLower: [1, 1],
  graphLink: [1, 1],
  tableLink: [1, 1],
  sortByLabel: [2, 2],
  stripPort: [1, 1],
  stripDomain: [1, 1],
  humanize: [1, 1],
  humanize1024: [1, 1],
  humanizeDuration: [1, 1],
  humanizePercentage: [1, 1],
  humanizeTimestamp: [1, 1],
  toTime: [1, 1],
  toDuration: [1, 1],
  now: [0, 0],
  parseDuration: [1, 1],
  pathPrefix: [0, 0],
  externalURL: [0, 0],
  not: [1, 1],
  len: [1, 1],
  ne: [2, 2],
  lt: [2, 2],
  le: [2, 2],
  gt: [2, 2],
  ge: [2, 2],
  eq: [2, Infinity],
  printf: [1, Infinity],
  index: [1, Infinity],
  and: [1, Infinity],
  or: [1, Infinity],
};
const COMPARING = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
/** Verbs of `printf` for whole numbers: of a fraction they print `%!d(float64=…)`. */
const WHOLE_VERB = /%[-+# 0]*\d*[dbcoxXU]/;

/** What fails in a rule's template when it is filled in, though it parses: judged by what its variables hold. */
export function breaksOf(nodes: Node[]): TemplateError[] {
  return nodes.flatMap((node): TemplateError[] => {
    if (node.type === 'text') return [];
    const own = node.pipe ? inPipe(node.pipe) : [];
    return node.type === 'block'
      ? [...own, ...breaksOf(node.body), ...breaksOf(node.otherwise)]
      : own;
  });
}

function inPipe(pipe: Pipe): TemplateError[] {
  return pipe.commands.flatMap((command, i) => {
    const piped = pipe.commands[i - 1];
    return [
      ...command.flatMap((operand) =>
        operand.type === 'nested' ? inPipe(operand.pipe) : fieldOfScalar(operand),
      ),
      ...inCommand(command, piped),
    ];
  });
}

/** The value is a number, and a label a text: neither has fields. */
function fieldOfScalar(operand: Operand): TemplateError[] {
  if (operand.type !== 'variable') return [];
  const { name, path, from, to } = operand;
  if (name === 'value' && path.length > 0)
    return [{ from, to, message: `\`$value\` is a number and has no \`.${path.join('.')}\`` }];
  return name === 'labels' && path.length > 1
    ? [{ from, to, message: `a label is a text and has no \`.${path.slice(1).join('.')}\`` }]
    : [];
}

/** @param piped the command before `|`: its result is the last argument */
function inCommand(command: Operand[], piped: Operand[] | undefined): TemplateError[] {
  const [called, ...given] = command;
  if (called?.type !== 'name') return [];
  const only = piped?.length === 1 ? piped[0] : undefined;
  const args: (Operand | undefined)[] = piped ? [...given, only] : given;
  const at = { from: called.from, to: command.at(-1)?.to ?? called.to };
  const [least, most] = ARGUMENTS[called.name] ?? [0, Infinity];
  if (args.length < least || args.length > most)
    return [
      {
        ...at,
        message: `\`${called.name}\` wants ${least === most ? least : `at least ${least}`} ${least === 1 ? 'argument' : 'arguments'} and gets ${args.length}${called.name === 'value' ? '; is `$value` meant?' : ''}`,
      },
    ];
  if (COMPARING.has(called.name) && args.some(isValue) && args.some(isWholeNumber))
    return [{ ...at, message: `\`${called.name}\` can't compare \`$value\` with a whole number` }];
  const format = args[0];
  return called.name === 'printf' &&
    args.length === 2 &&
    isValue(args[1]) &&
    format?.type === 'literal' &&
    WHOLE_VERB.test(format.value)
    ? [{ ...at, message: `\`printf "${format.value}"\` can't print a number with a fraction` }]
    : [];
}

function isValue(operand: Operand | undefined): boolean {
  if (operand?.type === 'variable') return operand.name === 'value' && operand.path.length === 0;
  return operand?.type === 'field' && operand.path.join('.') === 'Value';
}

function isWholeNumber(operand: Operand | undefined): boolean {
  return operand?.type === 'literal' && operand.isNumber && /^[-+]?\d+$/.test(operand.value);
}
