import type { At, TemplateError } from './ast.ts';

export interface Token extends At {
  type: 'word' | 'field' | 'variable' | 'string' | 'number' | 'char' | 'symbol';
  text: string;
}

/** A stretch of plain text, or the tokens of one action. */
export type Piece =
  (At & { type: 'text'; text: string }) | (At & { type: 'action'; tokens: Token[] });

const PATTERNS: [Token['type'], RegExp][] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)+'/y],
  ['number', /[-+]?(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)/y],
  ['variable', /\$\w*/y],
  ['field', /\.[\p{L}_][\p{L}\d_]*/uy],
  ['word', /[\p{L}_][\p{L}\d_]*/uy],
  ['symbol', /:=|[|(),=.]/y],
];

/**
 * Splits a template into texts and actions (text/template/parse, lex.go). Stops at the first thing
 * that is no token.
 */
export function pieces(text: string): { pieces: Piece[]; error: TemplateError | undefined } {
  const found: Piece[] = [];
  let at = 0;
  // `-}}` takes the white space behind it away, and `{{-` what stands before.
  let isTrimmed = false;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const to = open < 0 ? text.length : open;
    const plain = text.slice(at, to);
    const left = isTrimmed ? plain.trimStart() : plain;
    const kept = open >= 0 && /^\{\{-\s/.test(text.slice(open, open + 4)) ? left.trimEnd() : left;
    if (kept !== '') found.push({ type: 'text', text: kept, from: at, to });
    if (open < 0) break;
    const comment = /\{\{(?:-\s)?\s*\/\*/y;
    comment.lastIndex = open;
    if (comment.test(text)) {
      const end = /\*\/\s*(?:\s-)?\}\}/g;
      end.lastIndex = comment.lastIndex;
      if (!end.test(text))
        return {
          pieces: found,
          error: { from: open, to: text.length, message: 'a comment is not closed' },
        };
      at = end.lastIndex;
      isTrimmed = endsTrimming(text, at);
      continue;
    }
    const action = tokens(text, open);
    if ('message' in action) return { pieces: found, error: action };
    found.push({ type: 'action', tokens: action.tokens, from: open, to: action.end });
    at = action.end;
    isTrimmed = endsTrimming(text, at);
  }
  return { pieces: found, error: undefined };
}

function endsTrimming(text: string, end: number): boolean {
  return /\s-\}\}$/.test(text.slice(end - 4, end));
}

function tokens(text: string, open: number): { tokens: Token[]; end: number } | TemplateError {
  const list: Token[] = [];
  let at = open + 2;
  if (/-\s/y.test(text.slice(at, at + 2))) at += 2;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (text.startsWith('}}', at)) return { tokens: list, end: at + 2 };
    if (text.startsWith('-}}', at) && /\s/.test(text[at - 1] ?? ''))
      return { tokens: list, end: at + 3 };
    if (at >= text.length || text.startsWith('{{', at))
      return { from: open, to: Math.min(open + 2, text.length), message: '`{{` is not closed' };
    const token = next(text, at);
    if (!token)
      return { from: at, to: at + 1, message: `unexpected \`${text[at] ?? ''}\` in an action` };
    list.push(token);
    at = token.to;
  }
}

function next(text: string, at: number): Token | undefined {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { type, text: found, from: at, to: at + found.length };
  }
  return undefined;
}
