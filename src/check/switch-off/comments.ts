import { Lexer } from 'yaml';
import { parsePromql, walk } from '../../promql/tree.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';
import type { Expression } from '../../stack/expression.ts';

export interface Comment {
  file: SourceFile;
  /** Without the `#`. */
  text: string;
  from: number;
  to: number;
}

/**
 * Marks that the lexer adds between the pieces of the text (yaml's CST tokens): document, flow
 * error, plain scalar.
 */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** The comments of a YAML file, by its own lexer: a `#` inside a text is none. */
export function yamlComments(file: SourceFile): Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let scalar = false;
  try {
    for (const token of new Lexer().lex(file.text)) {
      if (MARKS.has(token)) {
        scalar = token === '\u001f';
        continue;
      }
      // The lexer drops a byte order mark.
      const from = at === 0 && file.text.startsWith('\ufeff') && token !== '\ufeff' ? 1 : at;
      if (!scalar && token.startsWith('#'))
        comments.push({ file, text: token.slice(1), from, to: from + token.length });
      at = from + token.length;
      scalar = false;
    }
  } catch {
    // What can't be taken in has no comments; that it is broken is told elsewhere.
  }
  return comments;
}

/** The comments within a PromQL expression, by its own grammar. */
export function promqlComments(expression: Expression): Comment[] {
  const comments: Comment[] = [];
  if (expression.text.includes('#'))
    walk(parsePromql(expression.text), (node) => {
      if (node.name !== 'LineComment') return;
      const { file, from, to } = expression.at(node);
      comments.push({ file, text: expression.text.slice(node.from + 1, node.to), from, to });
    });
  return comments;
}
