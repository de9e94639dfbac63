import type { At, Block, Node, Use } from '../ast.ts';
import { Pipes } from './pipes.ts';
import type { Context } from './pipes.ts';
import { print } from './print.ts';
import { Scope } from './scope.ts';
import { ANY, NIL, SOME_TEXT, int, nameOf, text, truthOf } from './values.ts';
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
  const scope = new Scope(undefined, new Map(Object.entries(world.variables)));
  const written = renderer.list(nodes, { scope, dot: world.dot, root: world.dot });
  return { text: written, breaks: renderer.breaks };
}

class Renderer {
  readonly breaks: Break[] = [];
  private readonly pipes: Pipes;
  private readonly templates: ReadonlyMap<string, Node[]>;
  private within: string | undefined;
  private steps = 0;
  private depth = 0;

  constructor(world: World, templates: ReadonlyMap<string, Node[]>) {
    this.pipes = new Pipes(world.functions, (at, message) => this.tell(at, message));
    this.templates = templates;
  }

  list(nodes: Node[], context: Context): string {
    return nodes.map((node) => this.node(node, context)).join('');
  }

  private node(node: Node, context: Context): string {
    if (++this.steps > MOST_STEPS) return '';
    switch (node.type) {
      case 'text':
        return node.text;
      case 'use':
        return this.use(node, context);
      case 'block':
        return this.block(node, context);
      case 'action': {
        const value = this.pipes.value(node.pipe, context);
        if (node.pipe.declares.length > 0) return '';
        if (value.kind === 'nil')
          this.tell(node, 'this prints `<no value>`: there is nothing here');
        return print(value);
      }
    }
  }

  private block(block: Block, context: Context): string {
    const { keyword, pipe, body, otherwise } = block;
    if (keyword === 'define') return '';
    const inner = inside(context);
    if (keyword === 'range' && pipe) return this.range(block, inner);
    const value = pipe ? this.pipes.value(pipe, inner) : NIL;
    if (keyword === 'block')
      return this.called(block.name, this.templates.get(block.name ?? '') ?? body, value);
    const isTaken = truthOf(value) ?? true;
    const dot = keyword === 'with' ? (isTaken ? value : ANY) : context.dot;
    const yes = this.list(body, { ...inner, dot });
    const no = this.list(otherwise, inside(inner));
    return isTaken ? yes : no;
  }

  private range({ pipe, body, otherwise }: Block, context: Context): string {
    if (!pipe) return '';
    const over = this.pipes.value({ ...pipe, declares: [] }, context);
    const turns = this.turnsOf(over, pipe);
    const written = turns.map(([key, item]) => {
      const inner = { ...inside(context), dot: item };
      const [first, second] = pipe.declares;
      if (second !== undefined) inner.scope.declare(second, item);
      if (first !== undefined) inner.scope.declare(first, second === undefined ? item : key);
      return this.list(body, inner);
    });
    const none = this.list(otherwise, inside(context));
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

  private use({ name, pipe }: Use, context: Context): string {
    const value = pipe ? this.pipes.value(pipe, context) : NIL;
    const nodes = this.templates.get(name);
    return nodes ? this.called(name, nodes, value) : print(SOME_TEXT);
  }

  /** A template of its own: `$` is its dot, and no variable from outside is there. */
  private called(name: string | undefined, nodes: Node[], dot: GoValue): string {
    if (this.depth >= DEEPEST) return '';
    const before = this.within;
    this.depth++;
    this.within = name;
    const written = this.list(nodes, { scope: new Scope(undefined), dot, root: dot });
    this.within = before;
    this.depth--;
    return written;
  }

  /** What is told of a place once need not be told in each turn of a `range`. */
  private tell({ from, to }: At, message: string): void {
    const { within } = this;
    if (!this.breaks.some((b) => b.from === from && b.within === within && b.message === message))
      this.breaks.push({ from, to, message, within });
  }
}

/** The same, with a scope of its own inside. */
function inside(context: Context): Context {
  return { ...context, scope: new Scope(context.scope) };
}
