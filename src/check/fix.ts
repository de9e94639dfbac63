import type { CheckFile, CheckFinding, Mend, TextEdit } from '../model/check.ts';

/** More passes than any chain of mends needs: one may uncover another. */
const MOST_PASSES = 5;

export interface Fixed {
  /** Files whose text has changed. */
  files: CheckFile[];
  /** What was mended, in the order of files and lines. */
  done: Mend[];
}

/**
 * Applies the safe mends until nothing is left to mend; all other text stays as it is.
 * @param find what is wrong with these files now
 */
export function fixAll(input: CheckFile[], find: (files: CheckFile[]) => CheckFinding[]): Fixed {
  let files = input;
  const done: Fixed['done'] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const fixable = find(files).filter((f) => f.fix);
    if (fixable.length === 0) break;
    files = files.map((file) => {
      const edits: TextEdit[] = [];
      for (const { fix, rule, file: path } of fixable) {
        if (
          !fix ||
          path !== file.path ||
          fix.edits.some((edit) => edits.some((other) => overlaps(edit, other)))
        )
          continue;
        edits.push(...fix.edits);
        done.push({ rule, file: path, title: fix.title, ...linesOf(file.text, fix.edits) });
      }
      return edits.length === 0 ? file : { ...file, text: apply(file.text, edits) };
    });
  }
  return {
    files: files.filter((file, i) => file.text !== input[i]?.text),
    done: done.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)),
  };
}

/** The lines that edits touch, before and after. */
function linesOf(text: string, edits: TextEdit[]): Pick<Mend, 'line' | 'before' | 'after'> {
  const from = text.lastIndexOf('\n', Math.min(...edits.map((edit) => edit.from)) - 1) + 1;
  const last = Math.max(...edits.map((edit) => edit.to));
  const to = text.indexOf('\n', last) < 0 ? text.length : text.indexOf('\n', last);
  const local = edits.map((edit) => ({ ...edit, from: edit.from - from, to: edit.to - from }));
  const touched = text.slice(from, to);
  return {
    line: text.slice(0, from).split('\n').length,
    before: touched.split('\n'),
    after: apply(touched, local).split('\n'),
  };
}

function apply(text: string, edits: TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}

/** Two that touch may mean the same place: the second waits for the next pass. */
function overlaps(a: TextEdit, b: TextEdit): boolean {
  return a.from <= b.to && b.from <= a.to;
}
