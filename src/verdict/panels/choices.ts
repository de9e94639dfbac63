import type { Verdict } from '../../model/verdict.ts';
import { failed } from './verdicts.ts';
import type { Answered, PanelContext } from './context.ts';
import { HAS_DATA } from './expected.ts';

/** The verdict on the first other choice of a variable with which a query is refused or empty. */
export function badChoice(c: PanelContext, answered: Answered): Verdict[] {
  const bad = answered.answer.choices.find(
    ({ series }) => typeof series === 'string' || series === 0,
  );
  if (!bad) return [];
  const error = typeof bad.series === 'string' ? bad.series : undefined;
  return [
    failed(c, HAS_DATA, error === undefined ? 'panel-no-data' : 'panel-error', {
      title: `${c.panel.id} shows nothing when ${bad.chosen}`,
      expected: `data for query ${answered.query.refId} with this choice as well`,
      seen: error ?? 'no series',
      likelyCause:
        'The variable is matched with = where several values need =~, or its values come from ' +
        "another metric than the query's.",
      at: answered,
    }),
  ];
}
