import { exampleTests, refIdOf, untrueIn } from '../../check/index.ts';
import type { Asked, Examples, Statement } from '../../check/index.ts';
import type { Case, Verdict } from '../../engine/confirm.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { PanelMutant } from '../../mutate/panels.ts';

export type RunCases = (cases: Case[]) => Promise<Verdict[]>;

/** What becomes of a panel's mutant in the examples. */
export type PanelResult = MutantResult & { mutant: PanelMutant };

/** So many mutants of a query share a file: their world is loaded once. */
const TOGETHER = 60;
const NOT_SHOWN =
  'No example of the contract says what this panel shows; --run judges it by a run that was kept.';
const SAME =
  'It shows the same in every example: a series, or a value of one, with which it shows something ' +
  'else would tell.';

/** Queries of one panel, and the number by which the engine tells of each. */
interface Batch {
  mutants: PanelMutant[];
  asked: (Asked & { mutant: PanelMutant })[];
}

/** Has the engine ask the queries of mutants in the contract's examples. */
export async function judgeByExamples(
  mutants: PanelMutant[],
  { statements, scrapeMs }: Examples,
  run: RunCases,
  keep: (result: PanelResult) => void,
): Promise<void> {
  const batches = [...groupBy(mutants, ({ query }) => JSON.stringify(query)).values()].flatMap(
    (own) => {
      const about = statements.filter((statement) => own[0] && isAbout(statement, own[0]));
      return chunks(own).map((part) => batchOf(part, about));
    },
  );
  const verdicts = await run(batches.map((batch) => caseOf(batch, scrapeMs)));
  for (const [i, batch] of batches.entries()) {
    const verdict = verdicts[i];
    if (!verdict) continue;
    if (verdict.passed || untrueIn(verdict.output).size > 0 || batch.mutants.length === 1)
      for (const mutant of batch.mutants) keep(resultOf(mutant, batch, verdict));
    // One of them breaks the file, or has no end: each by itself tells which.
    else
      for (const mutant of batch.mutants) {
        const alone = { mutants: [mutant], asked: batch.asked.filter((a) => a.mutant === mutant) };
        const [own] = await run([caseOf(alone, scrapeMs)]);
        if (own) keep(resultOf(mutant, alone, own));
      }
  }
}

function isAbout({ reading, target }: Statement, { query }: PanelMutant): boolean {
  return (
    reading.dashboard === query.dashboard &&
    reading.panel === query.panel &&
    refIdOf(target) === query.refId
  );
}

function chunks(mutants: PanelMutant[]): PanelMutant[][] {
  return Array.from({ length: Math.ceil(mutants.length / TOGETHER) }, (_, i) =>
    mutants.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
}

/** A query that isn't there any more is asked as one that gives nothing. */
const NOTHING = 'vector(1) < 0';

function batchOf(mutants: PanelMutant[], statements: Statement[]): Batch {
  let id = 0;
  const asked = mutants.flatMap((mutant) =>
    statements.flatMap((statement) => {
      const query = statement.asks(mutant.written.becomes ?? NOTHING);
      return query === undefined ? [] : [{ id: ++id, statement, query, mutant }];
    }),
  );
  return { mutants, asked };
}

function caseOf({ asked }: Batch, scrapeMs: number): Case {
  return { rules: 'groups: []\n', tests: () => exampleTests(asked, scrapeMs) };
}

function resultOf(mutant: PanelMutant, { asked }: Batch, verdict: Verdict): PanelResult {
  const own = asked.filter((one) => one.mutant === mutant);
  if (own.length === 0) return { mutant, fate: 'undecided', because: NOT_SHOWN };
  if (verdict.passed) return { mutant, fate: 'survived', because: SAME };
  if (verdict.timedOut)
    return { mutant, fate: 'undecided', because: 'The engine did not come to an end with it.' };
  const untrue = untrueIn(verdict.output);
  if (untrue.size === 0)
    return { mutant, fate: 'invalid', because: verdict.output.trim().slice(0, 200) };
  const wrong = own.find(({ id }) => untrue.has(id));
  return wrong
    ? {
        mutant,
        fate: 'killed',
        because:
          `${mutant.query.dashboard} / ${mutant.query.panel}: ${wrong.statement.says}, it shows ` +
          `${untrue.get(wrong.id) ?? ''} [promise/panel-differs]`,
      }
    : { mutant, fate: 'survived', because: SAME };
}
