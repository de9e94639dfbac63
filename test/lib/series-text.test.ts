import { expect, it } from 'vitest';
import { labelsText, seriesText } from '../../src/lib/series-text.ts';

it.each([
  ['up', { job: 'api' }, 'up{job="api"}'],
  ['job:errors:rate5m', {}, 'job:errors:rate5m{}'],
  ['http.requests', { job: 'api' }, '{"http.requests",job="api"}'],
  ['http.requests', {}, '{"http.requests"}'],
  ['up', { 'service.name': 'a"b', job: 'api' }, 'up{"service.name"="a\\"b",job="api"}'],
])('%s with %o is %s', (metric, labels, text) => expect(seriesText(metric, labels)).toBe(text));

it('labels are written with what is to stand between them', () =>
  expect(labelsText({ job: 'api', 'service.name': 'b' }, ', ')).toBe(
    '{job="api", "service.name"="b"}',
  ));
