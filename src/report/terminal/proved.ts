import { subjectId, subjectName } from '../../model/expectation.ts';
import type { Subject } from '../../model/expectation.ts';
import type { Judgement } from '../../model/verdict.ts';
import { count } from '../text.ts';
import { verdictsAbout } from '../verdicts-about.ts';

/** What a run has proved, a line for each kind of thing; nothing of what didn't pass. */
export function provedLines(judgement: Judgement): string[] {
  const [alerts, metrics, panels] = [
    passedAbout(judgement, 'alert'),
    passedAbout(judgement, 'metric'),
    passedAbout(judgement, 'panel'),
  ];
  return [
    ...(alerts.names === 0
      ? []
      : [
          `${count(alerts.names, 'alert')} in ${count(alerts.things, 'life', 'lives')}: quiet ` +
            'below the limit, firing on time, told, and taken back',
        ]),
    ...(metrics.names === 0
      ? []
      : [
          `${count(metrics.names, 'metric')} (${metrics.things} with their jobs): equal to what is known from outside`,
        ]),
    ...(panels.names === 0
      ? []
      : [`${count(panels.things, 'panel')} of ${count(panels.names, 'dashboard')}: showing it`]),
  ];
}

/** How many things have nothing but passed expectations, and under how many names. */
function passedAbout(
  judgement: Judgement,
  about: Subject['about'],
): { names: number; things: number } {
  const verdicts = verdictsAbout(judgement, about);
  const open = new Set(
    verdicts.filter((v) => v.outcome !== 'pass').map((v) => subjectId(v.expectation.subject)),
  );
  // Of what nothing makes happen only its silence is known.
  const provoked = new Set(
    verdicts
      .filter((v) => v.expectation.kind !== 'nothing-unexpected')
      .map((v) => subjectId(v.expectation.subject)),
  );
  const passed = verdicts.filter(({ expectation: { subject } }) => {
    const id = subjectId(subject);
    return provoked.has(id) && !open.has(id);
  });
  const distinct = (of: (subject: Subject) => string): number =>
    new Set(passed.map((v) => of(v.expectation.subject))).size;
  return { names: distinct(subjectName), things: distinct(subjectId) };
}
