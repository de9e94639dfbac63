import type { CheckFinding, RuleInfo } from '../../model/check.ts';
import type { Stack } from '../../stack/index.ts';
import { finding } from '../finding.ts';
import { readExamples } from './read.ts';
import type { Reading } from './read.ts';
import { statementsOf } from './statements.ts';
import type { Statement } from './statements.ts';
import { exampleTests, untrueIn } from './tests.ts';

export { refIdOf } from './statements.ts';
export type { Statement } from './statements.ts';
export { exampleTests, untrueIn } from './tests.ts';
export type { Asked } from './tests.ts';

export const panelDiffers: RuleInfo = {
  id: 'promise/panel-differs',
  level: 'error',
  title: 'A panel that shows something else than the contract says',
  why:
    'promtool evaluated the query in a made-up world whose every series is known: people would ' +
    'look at a wrong number, or at none.',
  mend:
    "Compare the query with the contract's example: what it selects, how it adds up several " +
    'targets, over which time, and what it does where there is nothing.',
};

/** What a contract's examples say of panels, and how that is held against the queries. */
export interface Examples {
  statements: Statement[];
  scrapeMs: number;
  /** A file of promtool's tests, of the queries as they are. */
  file: () => string;
  /** What promtool's output means. */
  judge: (output: string) => CheckFinding[];
}

const DEFAULT_SCRAPE_MS = 15_000;

/**
 * The examples of a stack's contract.
 * @param firstId the number of the first statement
 */
export function examplesOf(stack: Stack, firstId = 1): Examples {
  const scrapeMs = stack.prometheus[0]?.scrapeIntervalMs ?? DEFAULT_SCRAPE_MS;
  let id = firstId;
  const statements = statementsOf(readExamples(stack), stack.dashboards, scrapeMs, () => id++);
  const asked = statements.flatMap((statement) => {
    const query = statement.asks(statement.target.expression?.text ?? '');
    return query === undefined ? [] : [{ id: statement.id, statement, query }];
  });
  return {
    statements,
    scrapeMs,
    file: () => exampleTests(asked, scrapeMs),
    judge: (output) => findingsIn(statements, untrueIn(output)),
  };
}

/** One finding for each query: the first statement that is untrue, and how many more are. */
function findingsIn(statements: Statement[], untrue: Map<number, string>): CheckFinding[] {
  const wrong = new Map<Statement['target'], Statement[]>();
  for (const statement of statements)
    if (untrue.has(statement.id))
      wrong.set(statement.target, [...(wrong.get(statement.target) ?? []), statement]);
  return [...wrong].flatMap(([{ expression }, [first, ...others]]) => {
    if (!first || !expression) return [];
    const { dashboard, panel, refId } = first.reading;
    const of = refId === undefined ? panel : `${panel}, query ${refId}`;
    const more = others.length > 0 ? ` (nor ${others.length} more)` : '';
    return [
      finding(
        panelDiffers,
        expression.value.place,
        `${dashboard} / ${of}: ${first.says}, it shows ${untrue.get(first.id) ?? ''}, and not ` +
          `${readingText(first.reads)}${more}`,
        { subject: `panel "${panel}"` },
      ),
    ];
  });
}

function readingText(reads: Reading): string {
  const texts = Object.entries(reads).map(([labels, value]) => `${labels} ${value}`);
  return texts.length === 0 ? 'nothing' : texts.join(', ');
}
