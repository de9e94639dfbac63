import type { Rule } from '../../rule.ts';

export const endNotTold: Rule = {
  id: 'promise/end-not-told',
  level: 'error',
  title: 'A receiver that is told of an end otherwise than the contract promises',
  why:
    'Who was woken and never learns that it is over keeps looking; who is told of ends that ' +
    'nobody wants stops reading.',
  mend: 'Correct `send_resolved` of the integration, or `resolved` in the contract.',
  check: (stack, say) => {
    const receivers = stack.contract?.root.get('receivers');
    for (const { name, integrations } of stack.alertmanagers.flatMap((a) => a.receivers)) {
      const promised = receivers?.get(name).get('resolved');
      for (const { kind, sendResolved, value } of promised?.exists ? integrations : [])
        if (sendResolved !== promised?.isTrue())
          say(
            value.get('send_resolved').exists ? value.get('send_resolved').place : value.head,
            `${name} is ${sendResolved ? '' : 'not '}told by ${kind} that an alert is over, and ` +
              `${sendResolved ? 'nothing of it' : 'it'} is promised`,
            { subject: `receiver ${name}` },
          );
    }
  },
};
