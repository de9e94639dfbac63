import type { Fate, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { hintFor } from './hints.ts';
import { levelHint } from './level-hint.ts';
import type { Subject, VirtualCase } from './subject.ts';

/** Whether all statements of a case are true; else what the engine says, or that it didn't end. */
export type VirtualVerdict = { passed: true } | { passed: false; output: string; timedOut?: true };

export interface VirtualOptions {
  run: (cases: VirtualCase[]) => Promise<VirtualVerdict[]>;
  /** What is said of a mutant that none of the subjects depends on. */
  unseen: (mutant: RuleMutant) => Outcome;
  /** Why a mutant means the same; undefined when it doesn't, or nobody knows. */
  equivalent: (mutant: RuleMutant) => string | undefined;
  /** What is wrong with the files of a mutant, where that is looked at first. */
  bySight?: ((mutant: RuleMutant) => MutantResult | undefined) | undefined;
  /** Told of each mutant as soon as it is judged. */
  onResult: (result: MutantResult) => void;
}

/** What becomes of a mutant, and why. */
export type Outcome = Pick<MutantResult, 'fate' | 'because'>;

/** A recording rule is read by many alerts: whoever of these first notices is enough. */
const MOST_SUBJECTS = 6;
/** Judged together: enough to keep processes busy, and little to lose when somebody interrupts. */
const CHUNK = 80;
/** What the engine says of rules that it doesn't take. */
const REFUSED = /could not parse|parse error|invalid (?:annotation|label)|error loading rules/i;

/**
 * Asks for each mutant of a rule whether the alerts that depend on it still do exactly as promised,
 * in virtual time: if one of them doesn't, the mutant is noticed.
 */
export async function judgeInVirtualTime(
  mutants: RuleMutant[],
  subjects: Subject[],
  options: VirtualOptions,
): Promise<void> {
  for (let i = 0; i < mutants.length; i += CHUNK)
    await judgeChunk(mutants.slice(i, i + CHUNK), subjects, options);
}

/** In rounds, a subject of each mutant at a time, so that no more is run than is needed. */
async function judgeChunk(
  mutants: RuleMutant[],
  subjects: Subject[],
  { run, unseen, equivalent, bySight, onResult }: VirtualOptions,
): Promise<void> {
  const open = new Map<RuleMutant, Subject[]>();
  const settle = (mutant: RuleMutant, fate: Fate, because: string): void => {
    open.delete(mutant);
    onResult({ mutant, fate, because });
  };
  for (const mutant of mutants) {
    const depending = subjects.filter((s) => mutant.rules.some((rule) => s.rules.has(rule)));
    const known = withoutEngine(mutant, depending, { unseen, equivalent, bySight });
    const own = depending.filter((one) => tellsOf(mutant, one)).slice(0, MOST_SUBJECTS);
    const outcome = known ?? quickly(mutant, own);
    if (outcome) settle(mutant, outcome.fate, outcome.because);
    else open.set(mutant, own);
  }
  for (let round = 0; open.size > 0; round++) {
    const asked = [...open].flatMap(([mutant, own]) => {
      const subject = own[round];
      if (subject) return [{ mutant, subject }];
      settle(mutant, 'survived', hintOf(mutant, own));
      return [];
    });
    const verdicts = await run(asked.map(({ mutant, subject }) => subject.caseOf(mutant)));
    for (const [i, { mutant, subject }] of asked.entries()) {
      const verdict = verdicts[i];
      if (verdict && !verdict.passed) settle(mutant, ...fateOf(verdict, subject));
    }
  }
}

const ONLY_THINNED: Outcome = {
  fate: 'undecided',
  because:
    'Its world lasts for days and is evaluated less often than the group, whose interval it ' +
    'tells nothing of.',
};

/** Whether what a subject says of a mutant tells anything. */
function tellsOf({ evaluationMs }: RuleMutant, { isThinned }: Subject): boolean {
  return evaluationMs === undefined || !isThinned;
}

/** What one of its judges sees without the engine. */
function quickly(mutant: RuleMutant, judges: Subject[]): Outcome | undefined {
  for (const { name, quickly: untrueIn } of judges) {
    const untrue = untrueIn?.(mutant);
    if (untrue !== undefined) return { fate: 'killed', because: `${name}: ${untrue}` };
  }
  return undefined;
}

/**
 * What its judges know that would have told, or which level, where they have any; else what would
 * in general.
 */
function hintOf(mutant: RuleMutant, judges: Subject[]): string {
  const hints = judges.map(({ hint }) => hint?.(mutant));
  // What one of them might have noticed is no fault of those that don't look at it.
  if (hints[0] !== undefined && hints.every((hint) => hint !== undefined)) return hints[0];
  for (const { levels } of judges) {
    const hint = levels && levelHint(mutant, levels);
    if (hint !== undefined) return hint;
  }
  return hintFor(mutant);
}

/**
 * What needs no run: it means the same, nobody looks at it, or its text prints a label that isn't
 * there.
 */
function withoutEngine(
  mutant: RuleMutant,
  depending: Subject[],
  { unseen, equivalent, bySight }: Pick<VirtualOptions, 'unseen' | 'equivalent' | 'bySight'>,
): Outcome | undefined {
  const same = equivalent(mutant);
  if (same !== undefined) return { fate: 'equivalent', because: same };
  const seen = bySight?.(mutant);
  if (seen) return seen;
  if (depending.length === 0) return unseen(mutant);
  if (!depending.some((one) => tellsOf(mutant, one))) return ONLY_THINNED;
  if (!mutant.operator.startsWith('annotation-')) return undefined;
  const silent = depending.filter(({ printable }) => printable);
  if (silent.length < depending.length) return undefined;
  const missing = missingLabel(mutant, silent.at(-1)?.printable ?? new Set());
  return missing === undefined
    ? { fate: 'survived', because: hintFor(mutant) }
    : { fate: 'killed', because: `its text prints \`$labels.${missing}\`, which no instance has` };
}

function fateOf(
  verdict: Extract<VirtualVerdict, { passed: false }>,
  subject: Subject,
): [Fate, string] {
  if (verdict.timedOut) return ['undecided', 'The engine did not come to an end with it.'];
  if (REFUSED.test(verdict.output)) return ['invalid', firstLine(verdict.output)];
  const words = subject.words?.(verdict.output);
  return [
    'killed',
    words === undefined
      ? `${subject.name}: ${firstLine(verdict.output)}`
      : `${subject.name}: ${words} [promise/broken]`,
  ];
}

/**
 * A label that the mutant's texts print and that no instance of the alert has: `<no value>` for
 * people.
 */
function missingLabel(mutant: RuleMutant, printable: ReadonlySet<string>): string | undefined {
  return Object.values(mutant.body?.annotations ?? {})
    .flatMap((text) => [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label))
    .find((label) => !printable.has(label));
}

/** The first words of the engine that say something. */
function firstLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(name:|FAILED:?|Unit Testing:.*)$/i.test(line));
  return (lines[0] ?? 'it is another').slice(0, 200);
}
