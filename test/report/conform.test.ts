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
