import { expect, it } from 'vitest';
import { conformText } from '../../src/report/conform.ts';

it.each([60, 80])('the last line keeps within a terminal of %d columns', (width) => {
  const text = conformText(
    {
      job: 'backend',
      url: 'http://127.0.0.1:18765/metrics',
      ...{ metrics: 6, routes: 1, requests: 106, findings: [], advice: [], notJudged: [] },
    },
    { width, color: false, verbose: false },
  );
  expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
  expect(text.replaceAll('\n', ' ')).toContain(
    'keeps its contract; 6 metrics, 1 route, 106 requests',
  );
});

it('what was not judged stands before the last line, which claims nothing', () => {
  const text = conformText(
    {
      ...{ job: 'api', url: 'http://h/', metrics: 1, routes: 1, requests: 100 },
      ...{ findings: [], advice: [] },
      notJudged: [{ what: 'GET /a', why: "10 of 100 weren't answered" }],
    },
    { width: 80, color: false, verbose: false },
  );
  expect(text).toBe(
    "not judged  GET /a: 10 of 100 weren't answered\n" +
      'api at http://h/: could not be judged in all; 1 metric, 1 route, 100 requests',
  );
});
