import type { At, Block, Literal, Node, Operand, Pipe, Use } from '../ast.ts';
import { call } from './functions/signature.ts';
import { methodOf } from './methods.ts';
import { print } from './print.ts';
import { Scope } from './scope.ts';
import {
  ANY,
  Breaks,
  NIL,
  SOME_TEXT,
  bool,
  fieldOf,
  float,
  int,
  nameOf,
  text,
  truthOf,
} from './values.ts';
import type { GoValue } from './values.ts';
import type { World } from './world.ts';

/** What fails when a template is filled in; the place is of the text that holds the definition. */
export interface Break extends At {
  message: string;
  /** The template that `{{ define }}` names, where it isn't the text itself. */
  within: string | undefined;
}

export interface Rendered {
  text: string;
  breaks: Break[];
}

/** More than any template of a notification does; one that calls itself for ever ends here. */
const MOST_STEPS = 20_000;
const DEEPEST = 100;

/**
 * Fills a template in, as Go does. Goes on after what fails, and looks into the branches that
 * aren't taken too: a value of the same kind may lead there at another time.
 * @param templates what can be called by name
 */
export function render(
  nodes: Node[],
  world: World,
  templates: ReadonlyMap<string, Node[]> = new Map(),
): Rendered {
  const renderer = new Renderer(world, templates);
  const written = renderer.list(
    nodes,
    new Scope(undefined, new Map(Object.entries(world.variables))),
    world.dot,
  );
  return { text: written, breaks: renderer.breaks };
}

class Renderer {
  readonly breaks: Break[] = [];
  private readonly world: World;
  private readonly templates: ReadonlyMap<string, Node[]>;
  private within: string | undefined;
  private steps = 0;
  private depth = 0;
  private root: GoValue;

  constructor(world: World, templates: ReadonlyMap<string, Node[]>) {
    this.world = world;
    this.templates = templates;
    this.root = world.dot;
  }

  list(nodes: Node[], scope: Scope, dot: GoValue): string {
    return nodes.map((node) => this.node(node, scope, dot)).join('');
  }

  private node(node: Node, scope: Scope, dot: GoValue): string {
    if (++this.steps > MOST_STEPS) return '';
    switch (node.type) {
      case 'text':
        return node.text;
      case 'use':
        return this.use(node, scope, dot);
      case 'block':
        return this.block(node, scope, dot);
      case 'action': {
        const value = this.pipe(node.pipe, scope, dot);
        if (node.pipe.declares.length > 0) return '';
        if (value.kind === 'nil')
          this.tell(node, 'this prints `<no value>`: there is nothing here');
        return print(value);
      }
    }
  }

  private block(block: Block, scope: Scope, dot: GoValue): string {
    const { keyword, pipe, body, otherwise } = block;
    if (keyword === 'define') return '';
    const inner = new Scope(scope);
    if (keyword === 'range' && pipe) return this.range(block, inner, dot);
    const value = pipe ? this.pipe(pipe, inner, dot) : NIL;
    if (keyword === 'block')
      return this.called(block.name, this.templates.get(block.name ?? '') ?? body, value);
    const isTaken = truthOf(value) ?? true;
    const ifTrue = (): string =>
      this.list(body, inner, keyword === 'with' ? (isTaken ? value : ANY) : dot);
    const ifFalse = (): string => this.list(otherwise, new Scope(inner), dot);
    const [yes, no] = [ifTrue(), ifFalse()];
    return isTaken ? yes : no;
  }

  private range({ pipe, body, otherwise }: Block, scope: Scope, dot: GoValue): string {
    if (!pipe) return '';
    const over = this.pipe({ ...pipe, declares: [] }, scope, dot);
    const turns = this.turnsOf(over, pipe);
    const written = turns.map(([key, item]) => {
      const inner = new Scope(scope);
      const [first, second] = pipe.declares;
      if (second !== undefined) inner.declare(second, item);
      if (first !== undefined) inner.declare(first, second === undefined ? item : key);
      return this.list(body, inner, item);
    });
    const none = this.list(otherwise, new Scope(scope), dot);
    return turns.length > 0 ? written.join('') : none;
  }

  private turnsOf(over: GoValue, at: At): [GoValue, GoValue][] {
    switch (over.kind) {
      case 'any':
        return [[ANY, ANY]];
      case 'nil':
        return [];
      case 'int':
        return [[int(0), int(0)]];
      case 'list':
        return over.items.map((item, i) => [int(i), item]);
      case 'map':
        return [
          ...[...over.entries].map(([key, item]): [GoValue, GoValue] => [text(key), item]),
          ...(over.complete || over.other.kind === 'nil'
            ? []
            : [[SOME_TEXT, over.other] as [GoValue, GoValue]]),
        ];
      case 'bool':
      case 'float':
      case 'string':
      case 'struct':
      case 'time':
        this.tell(at, `\`range\` can't go over ${nameOf(over)}`);
        return [];
    }
  }

  private use({ name, pipe }: Use, scope: Scope, dot: GoValue): string {
    const value = pipe ? this.pipe(pipe, scope, dot) : NIL;
    const nodes = this.templates.get(name);
    return nodes ? this.called(name, nodes, value) : print(SOME_TEXT);
  }

  /** A template of its own: `$` is its dot, and no variable from outside is there. */
  private called(name: string | undefined, nodes: Node[], dot: GoValue): string {
    if (this.depth >= DEEPEST) return '';
    const before = { root: this.root, within: this.within };
    this.depth++;
    Object.assign(this, { root: dot, within: name });
    const written = this.list(nodes, new Scope(undefined), dot);
    Object.assign(this, before);
    this.depth--;
    return written;
  }

  private pipe(pipe: Pipe, scope: Scope, dot: GoValue): GoValue {
    let value: GoValue | undefined;
    for (const command of pipe.commands) value = this.command(command, value, scope, dot);
    const result = value ?? ANY;
    for (const name of pipe.declares) {
      if (pipe.assigns) scope.assign(name, result);
      else scope.declare(name, result);
    }
    return result;
  }

  /** @param piped what stands before `|`: the last argument */
  private command(
    command: Operand[],
    piped: GoValue | undefined,
    scope: Scope,
    dot: GoValue,
  ): GoValue {
    const [first, ...given] = command;
    if (!first) return ANY;
    const at = { from: first.from, to: command.at(-1)?.to ?? first.to };
    const args = given
      .map((operand) => this.operand(operand, scope, dot))
      .concat(piped ? [piped] : []);
    if (first.type !== 'name')
      return args.length > 0 && 'path' in first
        ? this.method(first, args, scope, dot)
        : this.operand(first, scope, dot);
    const called = this.world.functions[first.name];
    return called ? this.attempt(at, () => call(first.name, called, args)) : ANY;
  }

  /** `.StartsAt.Format "15:04"`: the last of the path is called. */
  private method(
    first: Extract<Operand, { path: string[] }>,
    args: GoValue[],
    scope: Scope,
    dot: GoValue,
  ): GoValue {
    const of = this.operand({ ...first, path: first.path.slice(0, -1) }, scope, dot);
    return methodOf(of, first.path.at(-1) ?? '', args) ?? this.operand(first, scope, dot);
  }

  private operand(operand: Operand, scope: Scope, dot: GoValue): GoValue {
    switch (operand.type) {
      case 'literal':
        return literal(operand);
      case 'name': {
        const called = this.world.functions[operand.name];
        return called ? this.attempt(operand, () => call(operand.name, called, [])) : ANY;
      }
      case 'nested':
        return this.along(operand, this.pipe(operand.pipe, scope, dot));
      case 'field':
        return this.along(operand, dot);
      case 'variable': {
        const value = operand.name === '' ? this.root : (scope.get(operand.name) ?? ANY);
        return this.along(operand, value, operand.name === 'value' ? '`$value` is ' : '');
      }
    }
  }

  private along(operand: At & { path: string[] }, from: GoValue, what = ''): GoValue {
    return operand.path.reduce<GoValue>(
      (value, name) =>
        this.attempt(operand, () => fieldOf(value, name), value.kind === 'float' ? what : ''),
      from,
    );
  }

  private attempt(at: At, run: () => GoValue, what = ''): GoValue {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Breaks)) throw error;
      this.tell(
        at,
        what === '' ? error.message : `${what}${error.message.replace(' has no', ' and has no')}`,
      );
      return ANY;
    }
  }

  /** What is told of a place once need not be told in each turn of a `range`. */
  private tell({ from, to }: At, message: string): void {
    const { within } = this;
    if (!this.breaks.some((b) => b.from === from && b.within === within && b.message === message))
      this.breaks.push({ from, to, message, within });
  }
}

function literal({ value, isNumber, isWord }: Literal): GoValue {
  if (isNumber) {
    if (value.startsWith("'")) return int(value.codePointAt(1) ?? 0);
    const number = Number(value.replaceAll('_', ''));
    return /^[-+]?\d+$/.test(value) || /^[-+]?0x/i.test(value) ? int(number) : float(number);
  }
  if (isWord === undefined) return text(value);
  return value === 'nil' ? NIL : bool(value === 'true');
}
