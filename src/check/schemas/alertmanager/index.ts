import type { Fields } from '../shape.ts';
import { eventRecorder, tracing } from './events.ts';
import { global } from './global.ts';
import { receiver } from './receivers/index.ts';
import { inhibition, route } from './route.ts';
import { timeInterval } from './time-interval.ts';

/** alertmanager.yml, as Alertmanager 0.35 documents it. */
export const alertmanagerFile: Fields = {
  fields: {
    global,
    route,
    inhibit_rules: { list: inhibition },
    receivers: { list: receiver, filled: true },
    templates: { list: 'text' },
    mute_time_intervals: { list: timeInterval },
    time_intervals: { list: timeInterval },
    tracing,
    event_recorder: eventRecorder,
  },
  needs: [{ oneOf: ['route'] }],
};
