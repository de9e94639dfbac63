import type { Rule } from '../../rule.ts';

export const laterDocument: Rule = {
  id: 'config/later-document',
  level: 'error',
  title: 'Rules behind the first document of a file',
  why: 'Prometheus reads the first and stops: their alerts look as if they were there, and never are.',
  mend: 'Take away the line `---` and the second `groups:`, or make it a file of its own.',
  check: ({ groups }, say) => {
    for (const { value, name } of groups.filter(({ isBeyondFirst }) => isBeyondFirst))
      say(value.head, `Prometheus never comes to the group ${name}`);
  },
};
