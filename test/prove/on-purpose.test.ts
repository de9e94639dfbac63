import { describe, expect, it } from 'vitest';
import { droppedOnPurpose } from '../../src/prove/plan/on-purpose.ts';
import { readStack } from '../../src/stack/index.ts';

function reasons(receiver: string, route = 'receiver: nobody'): [string, string][] {
  const text = `route:
  receiver: team
  routes:
    - matchers: [severity="info"]
      ${route}
receivers:
  - name: team
    slack_configs: [{ channel: '#team' }]
  ${receiver}
`;
  const [alertmanager] = readStack([{ path: 'alertmanager.yml', text }]).alertmanagers;
  return alertmanager ? [...droppedOnPurpose(alertmanager)] : [];
}

describe('a receiver without any integration', () => {
  it('is so by mistake, as far as nobody says otherwise', () => {
    expect(reasons('- name: nobody')).toEqual([]);
    expect(reasons("- name: 'nobody' #")).toEqual([]);
  });

  it.each([
    ['beside it', '- name: nobody # for dashboards alone', 'receiver: nobody'],
    ['above it', '# for dashboards alone\n  - name: nobody', 'receiver: nobody'],
    ['at its route', '- name: nobody', 'receiver: nobody # for dashboards alone'],
  ])('is so on purpose with a word %s', (_, receiver, route) =>
    expect(reasons(receiver, route)).toEqual([['nobody', 'for dashboards alone']]),
  );
});
