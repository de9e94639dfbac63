import type { Rule } from '../../rule.ts';

/** Where each kind of integration says whom it tells. */
const ADDRESSEES: Record<string, string> = { slack: 'channel', email: 'to' };

export const anotherAddressee: Rule = {
  id: 'promise/another-addressee',
  level: 'error',
  title: 'A receiver that tells somebody else than the contract promises',
  why: 'Who was promised to be told is not.',
  mend: 'Correct the channel or address, or `to` in the contract.',
  check: (stack, say) => {
    const promised = stack.contract?.root.get('receivers');
    for (const receiver of stack.alertmanagers.flatMap((a) => a.receivers)) {
      const [to, kind] = ['to', 'kind'].map((key) => promised?.get(receiver.name).get(key).text());
      if (kind === undefined) continue;
      const told = receiver.integrations
        .filter((integration) => integration.kind === kind)
        .map(({ value }) => value.get(ADDRESSEES[kind] ?? ''));
      const [first] = told;
      const subject = `receiver ${receiver.name}`;
      if (!first)
        say(
          receiver.value.head,
          `${receiver.name} has no ${kind}_configs, and ${kind} is promised`,
          {
            subject,
          },
        );
      else if (to !== undefined && kind in ADDRESSEES && !told.some((v) => v.text() === to))
        say(
          first.place,
          `${receiver.name} tells ${first.text() ?? 'nobody that is named'}, and ${to} is promised`,
          { subject },
        );
    }
  },
};
