import { groupBy } from '../../lib/group-by.ts';
import { titleOf } from '../../model/expectation-kinds.ts';
import { subjectId } from '../../model/expectation.ts';
import type { Plan } from '../../model/plan.ts';
import type { Judgement } from '../../model/verdict.ts';
import { COLUMNS, MARKS, isKnown } from '../columns.ts';
import { proseWidth, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { verdictsAbout } from '../verdicts-about.ts';
import { alertTable } from './alert-table.ts';
import { metricTable } from './metric-table.ts';
import { panelTable } from './panel-table.ts';

/** All that was judged, one row each, with what the columns mean. */
export function tables(judgement: Judgement, plan: Plan, c: Colors, width: number): string[] {
  const has = (about: 'alert' | 'metric' | 'panel'): boolean =>
    verdictsAbout(judgement, about).length > 0;
  return [
    ...(has('alert') ? [alertTable(judgement, plan, c, width)] : []),
    ...(has('metric') ? [metricTable(judgement, c, width)] : []),
    ...(has('panel') ? [panelTable(judgement, c)] : []),
    [...others(judgement, proseWidth(width)), ...legend(judgement, c, proseWidth(width))].join(
      '\n',
    ),
  ];
}

/** Expectations that have no column: each by name, so that none is lost. */
function others(judgement: Judgement, width: number): string[] {
  const unknown = [...verdictsAbout(judgement, 'alert'), ...verdictsAbout(judgement, 'run')].filter(
    (v) => !isKnown(v.expectation),
  );
  return [...groupBy(unknown, (v) => titleOf(v.expectation))].flatMap(([name, own]) => {
    return (['fail', 'inconclusive', 'pass'] as const).flatMap((outcome) => {
      const tracks = own.filter((v) => v.outcome === outcome);
      const text = tracks
        .map(
          (v) =>
            subjectId(v.expectation.subject) + (v.measured === undefined ? '' : ` (${v.measured})`),
        )
        .join(', ');
      return tracks.length === 0 ? [] : wrap(`other: ${MARKS[outcome]} ${name}: ${text}`, width);
    });
  });
}

function legend(judgement: Judgement, c: Colors, width: number): string[] {
  // Of the columns only those where something went wrong are explained: nobody reads the others.
  const used = COLUMNS.filter((column) =>
    judgement.verdicts.some((v) => v.outcome !== 'pass' && column.shows(v.expectation)),
  );
  const marks =
    `${MARKS.pass} kept, ${MARKS.fail} broken, ${MARKS.inconclusive} couldn't be judged, · ` +
    "doesn't apply. Figures are times of the run; n× are evaluations or notifications.";
  const columns = used.map((column) => `${column.short}: ${column.legend}.`);
  return [marks, ...columns].flatMap((text) => wrap(text, width)).map((line) => c.dim(line));
}
