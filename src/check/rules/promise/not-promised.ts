import type { Rule } from '../../rule.ts';

/** Names in one line. */
const MOST_NAMES = 10;

export const notPromised: Rule = {
  id: 'promise/not-promised',
  level: 'advice',
  title: 'Alerts that a contract of most others does not mention',
  why: 'Nobody is told when somebody changes them, and no run proves what was agreed upon.',
  mend: 'Let `npm run init -- DIR` add them to contract.yaml, and look at what it wrote.',
  check: ({ contract, rules }, say) => {
    const alerts = contract?.root.get('alerts');
    if (!alerts?.exists) return;
    const promised = new Set(alerts.entries().map(({ key }) => key));
    const names = rules.filter(({ kind, name }) => kind === 'alert' && name !== '');
    const all = new Set(names.map(({ name }) => name));
    const missing = [...all].filter((name) => !promised.has(name));
    // A contract that speaks of a few is a beginning; one of most has forgotten some.
    if (missing.length === 0 || missing.length * 2 >= all.size) return;
    const shown = missing.slice(0, MOST_NAMES).join(', ');
    const more = missing.length > MOST_NAMES ? ` and ${missing.length - MOST_NAMES} more` : '';
    say(
      alerts.keyPlace,
      `${missing.length} of ${all.size} alerts are not promised: ${shown}${more}`,
    );
  },
};
