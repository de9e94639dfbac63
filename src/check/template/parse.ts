import { unquote } from '../promql/unquote.ts';
import type { Block, Node, Operand, Pipe, TemplateError } from './ast.ts';
import { pieces } from './tokens.ts';
import type { Piece, Token } from './tokens.ts';

export interface Template {
  nodes: Node[];
  /** The first thing that Go refuses. */
  error: TemplateError | undefined;
}

export interface Language {
  functions: ReadonlySet<string>;
  /** Variables that are there from the start. */
  variables: string[];
}

class Refused extends Error {
  readonly at: TemplateError;
  constructor(at: TemplateError) {
    super(at.message);
    this.at = at;
  }
}

const OPENING = new Set(['if', 'with', 'range', 'define', 'block']);
const DEEPEST = 200;

/** Parses a template as Go does: functions and variables must be known when it is read (text/template/parse, parse.go). */
export function parseTemplate(text: string, language: Language): Template {
  const split = pieces(text);
  const parser = new Parser(split.pieces, language, text.length);
  try {
    const nodes = parser.list(['', ...language.variables]);
    if (parser.stopped) throw new Refused({ ...parser.stopped, message: `unexpected \`{{ ${parser.stopped.word} }}\`` });
    return { nodes, error: split.error };
  } catch (error) {
    if (error instanceof RangeError) return { nodes: [], error: { from: 0, to: 0, message: 'it is nested too deeply' } };
    if (!(error instanceof Refused)) throw error;
    // What stops the tokens comes before what the unfinished rest lacks.
    return { nodes: [], error: split.error && split.error.from <= error.at.from ? split.error : error.at };
  }
}

class Parser {
  private readonly pieces: Piece[];
  private readonly language: Language;
  private readonly end: number;
  private i = 0;
  private depth = 0;
  /** The `end` or `else` that ended the last list. */
  stopped: { word: string; from: number; to: number; tokens: Token[] } | undefined;

  constructor(pieces: Piece[], language: Language, end: number) {
    this.pieces = pieces;
    this.language = language;
    this.end = end;
  }

  /** Nodes up to an `end` or `else`, or the end of the text. */
  list(scope: string[]): Node[] {
    if (++this.depth > DEEPEST) throw new Refused({ from: 0, to: 0, message: 'it is nested too deeply' });
    const nodes: Node[] = [];
    const names = [...scope];
    this.stopped = undefined;
    while (this.i < this.pieces.length) {
      const piece = this.pieces[this.i++];
      if (piece?.type === 'text') nodes.push(piece);
      if (piece?.type !== 'action') continue;
      const [first] = piece.tokens;
      if (!first) throw new Refused({ from: piece.from, to: piece.to, message: 'an empty action' });
      const word = first.type === 'word' ? first.text : '';
      if (word === 'end' || word === 'else') {
        this.stopped = { word, from: piece.from, to: piece.to, tokens: piece.tokens.slice(1) };
        break;
      }
      if (OPENING.has(word)) nodes.push(this.block(word, piece, piece.tokens.slice(1), names));
      else if (word === 'template') {
        const [name, ...rest] = piece.tokens.slice(1);
        if (name?.type !== 'string') throw new Refused({ from: piece.from, to: piece.to, message: '`template` wants a name in quotes' });
        nodes.push({ type: 'use', name: unquote(name.text), pipe: rest.length > 0 ? this.pipe(rest, names, piece) : undefined, from: piece.from, to: piece.to });
      } else if (!((word === 'break' || word === 'continue') && piece.tokens.length === 1)) nodes.push({ type: 'action', pipe: this.pipe(piece.tokens, names, piece), from: piece.from, to: piece.to });
    }
    this.depth--;
    return nodes;
  }

  private block(keyword: string, piece: { from: number; to: number }, tokens: Token[], outer: string[]): Block {
    const own = keyword === 'define' || keyword === 'block';
    const name = own ? tokens[0] : undefined;
    if (own && name?.type !== 'string') throw new Refused({ ...piece, message: `\`${keyword}\` wants a name in quotes` });
    // A template of its own knows nothing of the variables around it.
    const scope = keyword === 'define' ? [''] : [...outer];
    const rest = name ? tokens.slice(1) : tokens;
    const pipe = keyword === 'define' ? undefined : this.pipe(rest, scope, piece);
    const body = this.list(keyword === 'block' ? [''] : scope);
    let stop = this.stopped;
    let otherwise: Node[] = [];
    if (stop?.word === 'else' && !own) {
      const chained = stop.tokens[0];
      if (chained && (chained.text === 'if' || chained.text === 'with')) return { type: 'block', keyword, name: undefined, pipe, body, otherwise: [this.block(chained.text, stop, stop.tokens.slice(1), scope)], from: piece.from, to: piece.to };
      otherwise = this.list(scope);
      stop = this.stopped;
    }
    if (stop?.word !== 'end') throw new Refused({ from: piece.from, to: piece.to, message: stop ? `unexpected \`{{ ${stop.word} }}\` in \`{{ ${keyword} }}\`` : `\`{{ ${keyword} }}\` has no \`{{ end }}\`` });
    this.stopped = undefined;
    return { type: 'block', keyword, name: name && unquote(name.text), pipe, body, otherwise, from: piece.from, to: piece.to };
  }

  /** Adds what it declares to `scope`. */
  private pipe(tokens: Token[], scope: string[], at: { from: number; to: number }): Pipe {
    const from = tokens[0]?.from ?? at.from;
    const to = tokens.at(-1)?.to ?? at.to;
    const sign = tokens.findIndex((t) => t.text === ':=' || t.text === '=');
    const declared = sign > 0 && tokens.slice(0, sign).every((t, i) => (i % 2 === 0 ? t.type === 'variable' : t.text === ',')) ? tokens.slice(0, sign).filter((t) => t.type === 'variable') : [];
    const rest = declared.length > 0 ? tokens.slice(sign + 1) : tokens;
    if (rest.length === 0) throw new Refused({ from: at.from, to: at.to, message: 'a value is missing' });
    const commands = this.commands(rest, scope, at);
    if (declared.length > 0 && tokens[sign]?.text === '=') for (const t of declared) this.known(t, scope);
    else scope.push(...declared.map((t) => t.text.slice(1)));
    return { declares: declared.map((t) => t.text.slice(1)), commands, from, to };
  }

  private commands(tokens: Token[], scope: string[], at: { from: number; to: number }): Operand[][] {
    const commands: Operand[][] = [[]];
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i];
      const command = commands.at(-1);
      if (!token || !command) continue;
      if (token.text === '|' && token.type === 'symbol') {
        if (command.length === 0) throw new Refused({ from: token.from, to: token.to, message: 'nothing before `|`' });
        commands.push([]);
        continue;
      }
      const previous = tokens[i - 1];
      const last = command.at(-1);
      const joined = token.type === 'field' && previous?.to === token.from && last !== undefined && last.to === token.from;
      if (joined && (last.type === 'field' || last.type === 'variable' || last.type === 'nested')) {
        last.path.push(token.text.slice(1));
        last.to = token.to;
      } else if (token.text === '(' && token.type === 'symbol') {
        const close = matching(tokens, i);
        if (close < 0) throw new Refused({ from: token.from, to: token.to, message: '`(` is not closed' });
        command.push({ type: 'nested', pipe: this.pipe(tokens.slice(i + 1, close), scope, token), path: [], from: token.from, to: tokens[close]?.to ?? token.to });
        i = close;
      } else command.push(this.operand(token, scope));
    }
    if (commands.at(-1)?.length === 0) throw new Refused({ from: at.from, to: at.to, message: 'nothing after `|`' });
    return commands;
  }

  private operand(token: Token, scope: string[]): Operand {
    const { from, to, text } = token;
    switch (token.type) {
      case 'variable':
        this.known(token, scope);
        return { type: 'variable', name: text.slice(1), path: [], from, to };
      case 'field':
        return { type: 'field', path: [text.slice(1)], from, to };
      case 'string':
        return { type: 'literal', value: unquote(text), from, to };
      case 'number':
      case 'char':
        return { type: 'literal', value: text, from, to };
      case 'word':
        if (['true', 'false', 'nil'].includes(text)) return { type: 'literal', value: text, from, to };
        if (!this.language.functions.has(text)) throw new Refused({ from, to, message: `there is no function \`${text}\`` });
        return { type: 'name', name: text, from, to };
      case 'symbol':
        if (text === '.') return { type: 'field', path: [], from, to };
        throw new Refused({ from, to, message: `unexpected \`${text}\`` });
    }
  }

  private known({ text, from, to }: Token, scope: string[]): void {
    if (!scope.includes(text.slice(1))) throw new Refused({ from, to: Math.min(to, this.end), message: `there is no variable \`${text}\`` });
  }
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
