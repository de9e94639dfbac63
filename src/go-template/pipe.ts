import { unquote } from '../promql/unquote.ts';
import type { Operand, Pipe, TemplateError } from './ast.ts';
import type { Token } from './tokens.ts';

/** What a template may call and use from the start. */
export interface Language {
  functions: ReadonlySet<string>;
  /** Variables that are there from the start. */
  variables: string[];
}

/** What Go refuses; ends the parsing. */
export class Refused extends Error {
  readonly at: TemplateError;
  constructor(at: TemplateError) {
    super(at.message);
    this.at = at;
  }
}

/**
 * A pipeline: commands joined by `|`, with what it declares, which is added to `scope`.
 * @throws Refused
 */
export function parsePipe(
  tokens: Token[],
  scope: string[],
  language: Language,
  at: { from: number; to: number },
): Pipe {
  const from = tokens[0]?.from ?? at.from;
  const to = tokens.at(-1)?.to ?? at.to;
  const sign = tokens.findIndex((t) => t.text === ':=' || t.text === '=');
  const declared =
    sign > 0 &&
    tokens.slice(0, sign).every((t, i) => (i % 2 === 0 ? t.type === 'variable' : t.text === ','))
      ? tokens.slice(0, sign).filter((t) => t.type === 'variable')
      : [];
  const rest = declared.length > 0 ? tokens.slice(sign + 1) : tokens;
  if (rest.length === 0)
    throw new Refused({ from: at.from, to: at.to, message: 'a value is missing' });
  const commands = commandsOf(rest, scope, language, at);
  commands.slice(1).forEach(mustTakeValue);
  if (declared.length > 0 && tokens[sign]?.text === '=')
    for (const t of declared) mustBeKnown(t, scope);
  else scope.push(...declared.map((t) => t.text.slice(1)));
  return {
    declares: declared.map((t) => t.text.slice(1)),
    assigns: declared.length > 0 && tokens[sign]?.text === '=',
    commands,
    from,
    to,
  };
}

/** Variables whose parts are texts. */
const OF_TEXTS = new Set(['labels', 'externalLabels']);

/** What is passed on by `|` is an argument: where nothing takes it, Go fails as it is used. */
function mustTakeValue([first]: Operand[]): void {
  if (first?.type !== 'variable' || (first.path.length > 0 && !OF_TEXTS.has(first.name))) return;
  const { from, to, name, path } = first;
  const text = ['$' + name, ...path].join('.');
  throw new Refused({ from, to, message: `\`${text}\` behind \`|\` is no function` });
}

function commandsOf(
  tokens: Token[],
  scope: string[],
  language: Language,
  at: { from: number; to: number },
): Operand[][] {
  const commands: Operand[][] = [[]];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const command = commands.at(-1);
    if (!token || !command) continue;
    if (token.text === '|' && token.type === 'symbol') {
      if (command.length === 0)
        throw new Refused({ from: token.from, to: token.to, message: 'nothing before `|`' });
      commands.push([]);
      continue;
    }
    const previous = tokens[i - 1];
    const last = command.at(-1);
    const joined =
      token.type === 'field' &&
      previous?.to === token.from &&
      last !== undefined &&
      last.to === token.from;
    if (joined && (last.type === 'field' || last.type === 'variable' || last.type === 'nested')) {
      last.path.push(token.text.slice(1));
      last.to = token.to;
    } else if (token.text === '(' && token.type === 'symbol') {
      const close = matching(tokens, i);
      if (close < 0)
        throw new Refused({ from: token.from, to: token.to, message: '`(` is not closed' });
      command.push({
        type: 'nested',
        pipe: parsePipe(tokens.slice(i + 1, close), scope, language, token),
        path: [],
        from: token.from,
        to: tokens[close]?.to ?? token.to,
      });
      i = close;
    } else command.push(operandOf(token, scope, language));
  }
  if (commands.at(-1)?.length === 0)
    throw new Refused({ from: at.from, to: at.to, message: 'nothing after `|`' });
  return commands;
}

function operandOf(token: Token, scope: string[], language: Language): Operand {
  const { from, to, text } = token;
  switch (token.type) {
    case 'variable':
      mustBeKnown(token, scope);
      return { type: 'variable', name: text.slice(1), path: [], from, to };
    case 'field':
      return { type: 'field', path: [text.slice(1)], from, to };
    case 'string':
      return { type: 'literal', value: unquote(text), isNumber: false, from, to };
    case 'char':
      mustBeOneCharacter(token);
      return { type: 'literal', value: text, isNumber: true, from, to };
    case 'number':
      return { type: 'literal', value: text, isNumber: true, from, to };
    case 'word':
      if (['true', 'false', 'nil'].includes(text))
        return { type: 'literal', value: text, isNumber: false, isWord: true, from, to };
      if (!language.functions.has(text))
        throw new Refused({ from, to, message: `there is no function \`${text}\`` });
      return { type: 'name', name: text, from, to };
    case 'symbol':
      if (text === '.') return { type: 'field', path: [], from, to };
      throw new Refused({ from, to, message: `unexpected \`${text}\`` });
  }
}

/** What `strconv.UnquoteChar` takes between single quotes. */
const CHARACTER =
  /^'(?:[^'\\\n]|\\(?:[abfnrtv\\'"]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}))'$/u;

function mustBeOneCharacter({ text, from, to }: Token): void {
  if (!CHARACTER.test(text))
    throw new Refused({
      from,
      to,
      message: `\`${text}\` is no character: a text stands in double quotes or backquotes`,
    });
}

function mustBeKnown({ text, from, to }: Token, scope: string[]): void {
  if (!scope.includes(text.slice(1)))
    throw new Refused({ from, to, message: `there is no variable \`${text}\`` });
}

function matching(tokens: Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i];
    if (token?.type !== 'symbol') continue;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0) return i;
  }
  return -1;
}
