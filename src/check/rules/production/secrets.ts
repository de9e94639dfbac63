import type { Rule } from '../../rule.ts';
import { secretUses } from '../../../stack/secrets.ts';
import { isPlaceholder } from './placeholder.ts';

export const unreadableSecret: Rule = {
  id: 'compose/unreadable-secret',
  level: 'error',
  title: 'A secret that its reader cannot read',
  why:
    'Compose mounts a secret file with the owner and the mode that it has on the host. ' +
    'Whoever runs as another user gets "permission denied": some programs refuse to start, ' +
    'Alertmanager is healthy and delivers nothing.',
  mend:
    'Give the file to its reader (`sudo chown UID FILE && chmod 400 FILE`), or let everybody ' +
    "read it in a folder that is its owner's alone.",
  check: ({ composes, alertmanagers, secretFile }, say) => {
    for (const { path, place, service, reader } of secretUses(composes, alertmanagers)) {
      const found = secretFile(path);
      if (!reader || found === undefined || found.readableBy(reader)) continue;
      say(place, `${path} can't be read by user ${reader.uid}, whom ${service} runs as`, {
        subject: `service ${service}`,
        mend:
          `\`sudo chown ${reader.uid} ${path} && sudo chmod 400 ${path}\`; folders on the way that ` +
          `are mounted with it need \`chmod 711\`.`,
      });
    }
  },
};

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
