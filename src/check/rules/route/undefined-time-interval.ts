import { allRoutes } from '../../../alertmanager/routing.ts';
import { nearest } from '../../../lib/nearest.ts';
import type { Alertmanager } from '../../../stack/alertmanager.ts';
import type { Rule } from '../../rule.ts';

export const undefinedTimeInterval: Rule = {
  id: 'route/undefined-time-interval',
  level: 'error',
  title: 'A time interval that is not defined',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Correct the name, or define it under `time_intervals`.',
  check: ({ alertmanagers }, say) => {
    for (const alertmanager of alertmanagers) {
      const names = timeIntervals(alertmanager);
      for (const route of alertmanager.route ? allRoutes(alertmanager.route) : [])
        for (const { text, value } of [...route.muteTimeIntervals, ...route.activeTimeIntervals]) {
          if (names.includes(text)) continue;
          const close = nearest(text, names);
          say(
            value.place,
            `there is no time interval \`${text}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
          );
        }
    }
  },
};

/** The names of all time intervals; in a resource of the operator they have another key. */
function timeIntervals({ root }: Alertmanager): string[] {
  return ['time_intervals', 'mute_time_intervals', 'muteTimeIntervals'].flatMap((key) =>
    [root, root.get('spec')].flatMap((holder) =>
      holder
        .get(key)
        .items()
        .flatMap((interval) => interval.get('name').text() ?? []),
    ),
  );
}
