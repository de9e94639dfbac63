import type { CheckFile, CheckFinding } from '../../model/check.ts';
import type { Mutant, MutantResult, RuleMutant } from '../../model/mutation.ts';
import type { Rule } from '../../stack/rules.ts';
import { changed } from '../change.ts';
import { fileOf, relatedRules } from './related-rules.ts';

/** What is wrong with the files of a stack, known without starting anything. */
export type Findings = (files: CheckFile[]) => CheckFinding[];

/** Which of a stack's files are looked at for a mutant; always the same list for the same ones. */
export type Scope = (mutant: Mutant) => CheckFile[];

/**
 * Judges by the stack's files alone: a mutant is noticed when something is wrong with them that
 * wasn't before.
 * @param scope all files unless it says otherwise
 * @returns for a mutant what is told of it; undefined when nothing is, or its files can't be
 * written
 */
export function staticJudge(
  files: CheckFile[],
  findings: Findings,
  scope: Scope = () => files,
): (mutant: Mutant) => MutantResult | undefined {
  const before = new Map<CheckFile[], Map<string, number>>();
  const knownIn = (own: CheckFile[]): Map<string, number> => {
    const known = before.get(own) ?? countsOf(findings(own));
    before.set(own, known);
    return known;
  };
  return (mutant) => {
    if (!mutant.changes) return undefined;
    const own = scope(mutant);
    return told(mutant, knownIn(own), findings(changedFiles(own, mutant)));
  };
}

/**
 * The same of a mutant of one rule, in a large stack: nothing is looked at but the rules of its
 * file that its change may matter to.
 */
export function relatedJudge(
  rules: readonly Rule[],
  findings: Findings,
): (mutant: RuleMutant) => MutantResult | undefined {
  const before = new Map<Rule, { related: Rule[]; known: Map<string, number> }>();
  const knownOf = (rule: Rule): { related: Rule[]; known: Map<string, number> } => {
    const found = before.get(rule);
    if (found) return found;
    const related = relatedRules(rule, rules);
    const made = { related, known: countsOf(findings([fileOf(related)])) };
    before.set(rule, made);
    return made;
  };
  return (mutant) => {
    const rule = rules[mutant.rules[0] ?? -1];
    if (!rule || !mutant.changes || mutant.body === undefined) return undefined;
    const { related, known } = knownOf(rule);
    const { body } = mutant;
    return told(mutant, known, findings([fileOf(related, { rule, body })]));
  };
}

/** What of these findings is new; undefined when nothing is. */
function told(
  mutant: Mutant,
  known: ReadonlyMap<string, number>,
  findings: CheckFinding[],
): MutantResult | undefined {
  const left = new Map(known);
  const news = findings.filter((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), count - 1);
    return count <= 0 && finding.level !== 'advice';
  });
  const [fresh] = news.sort((a, b) => rankOf(a, mutant) - rankOf(b, mutant));
  if (!fresh) return undefined;
  return { mutant, fate: 'killed', because: `check: ${fresh.title} [${fresh.rule}]` };
}

function countsOf(findings: CheckFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

/**
 * The files that a mutant changes, by themselves: what is wrong with a rule is seen there, and a
 * large stack need not be read anew for each of its mutants.
 */
export function ownFiles(files: CheckFile[]): Scope {
  const scopes = new Map<string, CheckFile[]>();
  return ({ changes = [] }) => {
    const paths = new Set(changes.map(({ file }) => file));
    const key = [...paths].sort().join('\n');
    const own = scopes.get(key) ?? files.filter(({ path }) => paths.has(path));
    scopes.set(key, own);
    return own;
  };
}

/** What says otherwise than the contract brings with it that others are told, and the like. */
const FIRST = ['promise/no-rule', 'promise/differs', 'promise/scraped-otherwise'];

/** A promise that is broken says more than what looks wrong; what does elsewhere comes last. */
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
