import { secretUses } from '../../../stack/secrets.ts';
import type { Rule } from '../../rule.ts';

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
