import { secretUses } from '../../../stack/secrets.ts';
import { isPlaceholder } from '../../common/placeholder-text.ts';
import type { Rule } from '../../rule.ts';

export const secretNotMade: Rule = {
  id: 'production/no-secret',
  production: true,
  level: 'error',
  title: 'A secret that is not made, or still the one of an example',
  why: 'What reads it refuses to start, or tells nobody of anything; with an example’s secret everybody is in.',
  mend: 'Make it on the machine that runs the stack, as the README beside it says; never in the repository.',
  check: ({ composes, alertmanagers, stackPath, secretFile }, say) => {
    const seen = new Set<string>();
    for (const { path, place, service } of secretUses(composes, alertmanagers)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const subject = `service ${service}`;
      const text = secretFile(path)?.text?.trim();
      if (stackPath(path) === 'absent') say(place, `${path} isn't there`, { subject });
      else if (text === '') say(place, `${path} is empty`, { subject });
      else if (text !== undefined && isPlaceholder(text))
        say(place, `${path} holds an example's secret`, { subject });
    }
  },
};
