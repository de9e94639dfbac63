import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';

/** What Alertmanager itself takes and refuses of each key (`amtool check-config` 0.33). */
const RECORDED: Record<string, { taken: string[]; refused: string[] }> = {
  months: {
    taken: [
      '13',
      '0',
      'january',
      'December',
      'DECEMBER',
      '1:3',
      'january:march',
      '1:march',
      '-1',
      '01',
      '12',
      '+1',
    ],
    refused: [
      'jan',
      '3:1',
      'march:january',
      '1:3:5',
      '',
      '1.5',
      ' 1',
      '1 ',
      '1:',
      ':3',
      'january : march',
    ],
  },
  weekdays: {
    taken: ['monday', 'Monday', 'monday:friday', 'sunday:saturday'],
    refused: [
      'mon',
      'friday:monday',
      'saturday:sunday',
      '0',
      '1',
      'monday:',
      'monday:friday:sunday',
      '',
      ' monday',
      'monday : friday',
    ],
  },
  days_of_month: {
    taken: [
      '1',
      '31',
      '-1',
      '-31',
      '1:5',
      '1:-1',
      '-3:-1',
      '27:-1',
      '1:31',
      '01',
      '-28:-1',
      '25:-3',
      '+1',
    ],
    refused: [
      '0',
      '32',
      '-32',
      '5:1',
      '-1:1',
      '-1:-3',
      '28:-1',
      '29:-1',
      '-28:5',
      '20:-10',
      'a',
      '1.0',
      '',
      '31:-31',
      '15:-15',
      '26:-3',
      '1: 5',
    ],
  },
  years: {
    taken: ['2024', '2024:2026', '0', '-1', '99999', '1969', '1:99999', '+5'],
    refused: ['2026:2024', '20a', '', '1:', '2024:'],
  },
  times: {
    taken: ['00:00-24:00', '09:00-17:00', '23:59-24:00', '00:00-00:01'],
    refused: [
      '9:00-17:00',
      '22:00-06:00',
      '24:00-24:00',
      '00:00-00:00',
      '09:00-24:01',
      '25:00-26:00',
      '09:60-10:00',
      '0900-1000',
      '09:00:00-10:00:00',
      '-',
      '24:00-23:00',
      '09:00 -10:00',
    ],
  },
  location: {
    taken: [
      'UTC',
      'Local',
      'Europe/Berlin',
      'EST',
      '',
      'Etc/GMT+5',
      'America/New_York',
      'Asia/Calcutta',
      'GMT',
      'US/Pacific',
      'CET',
      'PST8PDT',
    ],
    refused: ['europe/berlin', 'Mars/Base', 'utc', '+02:00', 'local', 'Z', 'PST', 'UTC+2'],
  },
};

/** An interval with this one range in it, as YAML. */
function intervalOf(key: string, text: string): string {
  const quoted = JSON.stringify(text);
  if (key === 'location') return `location: ${quoted}`;
  if (key !== 'times') return `${key}: [${quoted}]`;
  const [start, end] = text.split(/-(.*)/);
  return `times: [{ start_time: ${JSON.stringify(start)}, end_time: ${JSON.stringify(end)} }]`;
}

/** Rules about times that find something in it. */
function foundIn(key: string, text: string): string[] {
  const config = `route:
  receiver: a
  routes: [{ receiver: a, mute_time_intervals: [t], matchers: ['x="y"'] }]
receivers: [{ name: a, webhook_configs: [{ url: "http://a/" }] }]
time_intervals: [{ name: t, time_intervals: [{ ${intervalOf(key, text)} }] }]
`;
  const { findings } = checkStack([{ path: 'alertmanager.yml', text: config }]);
  return findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('route/time-'));
}

describe.each(Object.entries(RECORDED))('%s', (key, { taken, refused }) => {
  it.each(taken)('%j is taken', (text) =>
    expect(foundIn(key, text)).not.toContain('route/time-range'),
  );
  it.each(refused)('%j is refused', (text) =>
    expect(foundIn(key, text)).toEqual(['route/time-range']),
  );
});

it('a month that no year has is taken, and never comes', () => {
  for (const month of ['0', '13', '-1', '13:20'])
    expect(foundIn('months', month)).toEqual(['route/time-never-comes']);
  for (const month of ['1:13', 'december', '12']) expect(foundIn('months', month)).toEqual([]);
});
