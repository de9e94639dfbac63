import type { Plan } from '../../model/plan.ts';
import type { Track } from '../../model/track.ts';
import { labelled, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { rounded } from './rounded.ts';
import { trackTable } from './track-table.ts';

/** What each phase is, in the order of the table. */
const LEGEND: [string, string][] = [
  ['settle', 'the world stands still until the widest window has filled'],
  ['near', 'just on the quiet side of the limit, for longer than `for`: nothing may fire'],
  ['blip', 'over the limit for less than `for` (a component: frozen): pending, never firing'],
  ['rest', 'back to calm, until nothing of the blip is left in the window'],
  ['prov.', 'provoke: the follower is raised, the alert that the outage must keep quiet'],
  ['over', 'over the limit (a component: stopped) until everybody is told'],
  ['back', 'calm again (a component: started) until everybody is told of the end'],
];

/** What is done, when, and what the names of the phases mean: a block of lines each. */
export function doneBlocks(plan: Plan, c: Colors, width: number): string[] {
  const units =
    plan.speed === 1
      ? 'Seconds.'
      : "Above: seconds of the run. Below: the stack's own time, minutes:seconds.";
  const when =
    'A track is the life of one alert in the run; tracks run side by side. Times count from T0, ' +
    `when all targets are up and the Watchdog has arrived. ${units}`;
  const layout = { indent: 2, labelWidth: 8, width, paint: c.dim };
  return [
    [c.bold('What is done'), ...stimuli(plan, c, width)].join('\n'),
    [c.bold('When'), ...wrap(when, width), '', trackTable(plan, c)].join('\n'),
    LEGEND.flatMap(([label, text]) => labelled(label, text, layout)).join('\n'),
  ];
}

function stimuli(plan: Plan, c: Colors, width: number): string[] {
  const labelWidth = Math.max(...plan.tracks.map((t) => t.id.length), 10) + 2;
  return plan.tracks
    .filter((t) => t.id === t.alert || t.follower)
    .flatMap((track) => labelled(track.id, stimulus(track), { indent: 2, labelWidth, width }))
    .concat(
      wrap(
        "Levels: shares of 1, counts, or events a second of the stack's own time. Components: 1 " +
          'running, 0.5 frozen, 0 stopped.',
        width,
      ).map((line) => c.dim(line)),
    );
}

function stimulus(track: Track): string {
  if (track.follower)
    return `${track.follower.alert} is provoked first (${track.follower.signal}), then the component is stopped`;
  const level = (phase: string): string => {
    const step = track.steps.findLast((s) => s.phase === phase);
    return step ? rounded(step.level) : '–';
  };
  return (
    `${track.signal ?? ''}: near ${level('near')}, blip ${level('blip')}, over ` +
    `${level('breach')}, calm ${level('recovery')}`
  );
}
