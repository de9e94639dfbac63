import { Breaks, nameOf } from '../values.ts';
import type { GoValue } from '../values.ts';

/** What a function takes for an argument; `number` also takes a text that holds one. */
export type Parameter = 'string' | 'list' | 'struct' | 'time' | 'any' | 'number';

export interface GoFunction {
  takes: readonly Parameter[];
  /** Any number of these may follow. */
  rest?: Parameter;
  call: (args: GoValue[]) => GoValue;
}

/**
 * Calls a function as Go does: the number and the kinds of the arguments are judged first (exec.go,
 * `evalCall`).
 * @throws Breaks
 */
export function call(
  name: string,
  { takes, rest, call: run }: GoFunction,
  args: GoValue[],
): GoValue {
  if (args.length < takes.length || (rest === undefined && args.length > takes.length))
    throw new Breaks(
      `\`${name}\` wants ${rest === undefined ? '' : 'at least '}${takes.length} ` +
        `${takes.length === 1 ? 'argument' : 'arguments'} and gets ` +
        `${args.length}${name === 'value' && args.length === 0 ? '; is `$value` meant?' : ''}`,
    );
  args.forEach((arg, i) => {
    const wanted = takes[i] ?? rest;
    if (wanted !== undefined && !fits(arg, wanted))
      throw new Breaks(
        `\`${name}\` wants ${WORDS[wanted]} and gets ${nameOf(arg)}${hint(arg, wanted)}`,
      );
  });
  return run(args);
}

const WORDS: Record<Parameter, string> = {
  string: 'a text',
  list: 'a list',
  struct: 'one sample',
  time: 'a time',
  any: 'a value',
  number: 'a number',
};

function fits(value: GoValue, wanted: Parameter): boolean {
  if (value.kind === 'any' || wanted === 'any') return true;
  if (wanted !== 'number') return value.kind === wanted;
  if (value.kind === 'string')
    return (
      value.text === undefined ||
      (value.text.trim() === value.text && value.text !== '' && !Number.isNaN(Number(value.text)))
    );
  return value.kind === 'float' || value.kind === 'int';
}

function hint(value: GoValue, wanted: Parameter): string {
  if (wanted === 'number' && value.kind === 'string' && value.text !== undefined)
    return ` such as \`${value.text}\``;
  if (wanted === 'string' && value.kind === 'float') return ': `printf "%.0f"` makes one of it';
  return wanted === 'struct' && value.kind === 'list' ? ': take one of it by `first`' : '';
}
