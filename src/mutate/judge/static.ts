import type { CheckFile, CheckFinding } from '../../model/check.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { changed } from '../change.ts';

/** What is wrong with the files of a stack, known without starting anything. */
export type Findings = (files: CheckFile[]) => CheckFinding[];

/**
 * Judges by the stack's files alone: a mutant is noticed when something is wrong with them that
 * wasn't before.
 * @returns for a mutant what is told of it; undefined when nothing is, or its files can't be
 * written
 */
export function staticJudge(
  files: CheckFile[],
  findings: Findings,
): (mutant: Mutant) => MutantResult | undefined {
  const before = new Map<string, number>();
  for (const finding of findings(files))
    before.set(keyOf(finding), (before.get(keyOf(finding)) ?? 0) + 1);
  return (mutant) => {
    if (!mutant.changes) return undefined;
    const left = new Map(before);
    const news = findings(changedFiles(files, mutant)).filter((finding) => {
      const known = left.get(keyOf(finding)) ?? 0;
      left.set(keyOf(finding), known - 1);
      return known <= 0 && finding.level !== 'advice';
    });
    const [fresh] = news.sort((a, b) => rankOf(a, mutant) - rankOf(b, mutant));
    if (!fresh) return undefined;
    return { mutant, fate: 'killed', because: `check: ${fresh.title} [${fresh.rule}]` };
  };
}

/** What says otherwise than the contract brings with it that others are told, and the like. */
const FIRST = ['promise/no-rule', 'promise/differs', 'promise/scraped-otherwise'];

/** A promise that is broken says more than what looks wrong, most of all in another file. */
function rankOf({ rule, file }: CheckFinding, { at }: Mutant): number {
  if (FIRST.includes(rule)) return 0;
  if (rule === 'promise/not-routed') return 1;
  if (rule.startsWith('promise/')) return 2;
  return file === at.file ? 3 : ELSEWHERE;
}

const ELSEWHERE = 4;

/** The files of a stack as a mutant has them. */
export function changedFiles(files: CheckFile[], { changes = [] }: Mutant): CheckFile[] {
  return changes.reduce(
    (all, change) =>
      all.map((file) =>
        file.path === change.file ? { ...file, text: changed(file.text, change) } : file,
      ),
    files,
  );
}

/** Lines move where a file is written anew. */
function keyOf({ rule, file, subject, title }: CheckFinding): string {
  return [rule, file, subject, title].join('\n');
}
