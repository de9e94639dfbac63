import type { CheckFile, CheckFinding, TextEdit } from '../model/check.ts';

/** More passes than any chain of mends needs: one may uncover another. */
const MOST_PASSES = 5;

export interface Fixed {
  /** Files whose text has changed. */
  files: CheckFile[];
  /** What was mended, for people. */
  done: { rule: string; file: string; title: string }[];
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
        done.push({ rule, file: path, title: fix.title });
      }
      return edits.length === 0 ? file : { ...file, text: apply(file.text, edits) };
    });
  }
  return { files: files.filter((file, i) => file.text !== input[i]?.text), done };
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
