import type { At, Literal, Operand, Pipe } from '../ast.ts';
import { call } from './functions/signature.ts';
import { methodOf } from './methods.ts';
import type { Scope } from './scope.ts';
import { ANY, Breaks, NIL, bool, fieldOf, float, int, text } from './values.ts';
import type { GoValue } from './values.ts';
import type { World } from './world.ts';

/** What stands around a place of a template. */
export interface Context {
  scope: Scope;
  dot: GoValue;
  /** What `$` is: the dot with which the template began. */
  root: GoValue;
}

/** Evaluates pipelines; what fails is told, and may be anything then. */
export class Pipes {
  private readonly functions: World['functions'];
  private readonly tell: (at: At, message: string) => void;

  constructor(functions: World['functions'], tell: (at: At, message: string) => void) {
    this.functions = functions;
    this.tell = tell;
  }

  /** What a pipeline comes to; what it declares is in the scope afterwards. */
  value(pipe: Pipe, context: Context): GoValue {
    let value: GoValue | undefined;
    for (const command of pipe.commands) value = this.command(command, value, context);
    const result = value ?? ANY;
    for (const name of pipe.declares) {
      if (pipe.assigns) context.scope.assign(name, result);
      else context.scope.declare(name, result);
    }
    return result;
  }

  /** @param piped what stands before `|`: the last argument */
  private command(command: Operand[], piped: GoValue | undefined, context: Context): GoValue {
    const [first, ...given] = command;
    if (!first) return ANY;
    const at = { from: first.from, to: command.at(-1)?.to ?? first.to };
    const args = given
      .map((operand) => this.operand(operand, context))
      .concat(piped ? [piped] : []);
    if (first.type !== 'name')
      return args.length > 0 && 'path' in first
        ? this.method(first, args, context)
        : this.operand(first, context);
    const called = this.functions[first.name];
    return called ? this.attempt(at, () => call(first.name, called, args)) : ANY;
  }

  /** `.StartsAt.Format "15:04"`: the last of the path is called. */
  private method(
    first: Extract<Operand, { path: string[] }>,
    args: GoValue[],
    context: Context,
  ): GoValue {
    const of = this.operand({ ...first, path: first.path.slice(0, -1) }, context);
    return methodOf(of, first.path.at(-1) ?? '', args) ?? this.operand(first, context);
  }

  private operand(operand: Operand, context: Context): GoValue {
    switch (operand.type) {
      case 'literal':
        return literal(operand);
      case 'name': {
        const called = this.functions[operand.name];
        return called ? this.attempt(operand, () => call(operand.name, called, [])) : ANY;
      }
      case 'nested':
        return this.along(operand, this.value(operand.pipe, context));
      case 'field':
        return this.along(operand, context.dot);
      case 'variable': {
        const value = operand.name === '' ? context.root : (context.scope.get(operand.name) ?? ANY);
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
