import { unquote } from '../promql/unquote.ts';
import type { At, Block, Node, TemplateError } from './ast.ts';
import { Refused, parsePipe } from './pipe.ts';
import type { Language } from './pipe.ts';
import { pieces } from './tokens.ts';
import type { Piece, Token } from './tokens.ts';

export interface Template {
  nodes: Node[];
  /** The first thing that Go refuses. */
  error: TemplateError | undefined;
}

const OPENING = new Set(['if', 'with', 'range', 'define', 'block']);
const DEEPEST = 200;

/**
 * Parses a template as Go does: functions and variables must be known when it is read
 * (text/template/parse, parse.go).
 */
export function parseTemplate(text: string, language: Language): Template {
  const split = pieces(text);
  const parser = new Parser(split.pieces, language);
  try {
    const nodes = parser.list(['', ...language.variables]);
    if (parser.stopped)
      throw new Refused({
        ...parser.stopped,
        message: `unexpected \`{{ ${parser.stopped.word} }}\``,
      });
    return { nodes, error: split.error };
  } catch (error) {
    if (error instanceof RangeError)
      return { nodes: [], error: { from: 0, to: 0, message: 'it is nested too deeply' } };
    if (!(error instanceof Refused)) throw error;
    // What stops the tokens comes before what the unfinished rest lacks.
    return {
      nodes: [],
      error: split.error && split.error.from <= error.at.from ? split.error : error.at,
    };
  }
}

class Parser {
  private readonly pieces: Piece[];
  private readonly language: Language;
  private i = 0;
  private depth = 0;
  /** The `end` or `else` that ended the last list. */
  stopped: { word: string; from: number; to: number; tokens: Token[] } | undefined;

  constructor(pieces: Piece[], language: Language) {
    this.pieces = pieces;
    this.language = language;
  }

  /** Nodes up to an `end` or `else`, or the end of the text. */
  list(scope: string[]): Node[] {
    if (++this.depth > DEEPEST)
      throw new Refused({ from: 0, to: 0, message: 'it is nested too deeply' });
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
        if (name?.type !== 'string')
          throw new Refused({
            from: piece.from,
            to: piece.to,
            message: '`template` wants a name in quotes',
          });
        nodes.push({
          type: 'use',
          name: unquote(name.text),
          pipe: rest.length > 0 ? parsePipe(rest, names, this.language, piece) : undefined,
          from: piece.from,
          to: piece.to,
        });
      } else if (!((word === 'break' || word === 'continue') && piece.tokens.length === 1))
        nodes.push({
          type: 'action',
          pipe: parsePipe(piece.tokens, names, this.language, piece),
          from: piece.from,
          to: piece.to,
        });
    }
    this.depth--;
    return nodes;
  }

  private block(keyword: string, piece: At, tokens: Token[], outer: string[]): Block {
    const name = isNamed(keyword) ? tokens[0] : undefined;
    if (isNamed(keyword) && name?.type !== 'string')
      throw new Refused({ ...piece, message: `\`${keyword}\` wants a name in quotes` });
    // A template of its own knows nothing of the variables around it.
    const scope = keyword === 'define' ? [''] : [...outer];
    const rest = name ? tokens.slice(1) : tokens;
    const pipe = keyword === 'define' ? undefined : parsePipe(rest, scope, this.language, piece);
    const body = this.list(keyword === 'block' ? [''] : scope);
    return {
      type: 'block',
      keyword,
      name: name && unquote(name.text),
      pipe,
      body,
      ...this.afterBody(keyword, piece, scope),
      from: piece.from,
      to: piece.to,
    };
  }

  /** What follows a block's body: an `else`, which may open another block, and the `end`. */
  private afterBody(keyword: string, piece: At, scope: string[]): Pick<Block, 'otherwise' | 'end'> {
    let otherwise: Node[] = [];
    if (this.stopped?.word === 'else' && !isNamed(keyword)) {
      const [chained, ...tokens] = this.stopped.tokens;
      if (chained && (chained.text === 'if' || chained.text === 'with')) {
        const inner = this.block(chained.text, this.stopped, tokens, scope);
        return { otherwise: [inner], end: inner.end };
      }
      otherwise = this.list(scope);
    }
    const stop = this.stopped;
    if (stop?.word !== 'end')
      throw new Refused({
        from: piece.from,
        to: piece.to,
        message: stop
          ? `unexpected \`{{ ${stop.word} }}\` in \`{{ ${keyword} }}\``
          : `\`{{ ${keyword} }}\` has no \`{{ end }}\``,
      });
    this.stopped = undefined;
    return { otherwise, end: { from: stop.from, to: stop.to } };
  }
}

/** Whether a block is a template of a name of its own. */
function isNamed(keyword: string): boolean {
  return keyword === 'define' || keyword === 'block';
}
