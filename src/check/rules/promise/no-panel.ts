import { readExamples } from '../../examples/read.ts';
import { targetOf } from '../../examples/statements.ts';
import type { Rule } from '../../rule.ts';

export const panelMissing: Rule = {
  id: 'promise/no-panel',
  level: 'error',
  title: 'An example of a panel that no dashboard has',
  why: 'What the contract says of it is held against nothing.',
  mend: "Correct the title or the refId, or take it out of the contract's examples.",
  check: (stack, say) => {
    for (const { readings } of stack.dashboards.length > 0 ? readExamples(stack) : [])
      for (const reading of readings)
        if (!targetOf(reading, stack.dashboards))
          say(
            reading.place,
            `${reading.dashboard} / ${reading.panel} has no query` +
              (reading.refId === undefined
                ? ' of its own: name one by its refId'
                : ` ${reading.refId}`),
            { subject: `panel "${reading.panel}"` },
          );
  },
};
