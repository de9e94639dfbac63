import { expect, it } from 'vitest';
import { parseGoUrl } from '../../src/lib/go-url.ts';

// Each asked of Go's own `url.Parse`.
it.each([
  ['http://a.0:80/', 'http', 'a.0:80'],
  ['HTTPS://user:@host/x', 'https', 'host'],
  ['http://[::1]:9093', 'http', '[::1]:9093'],
  ['http://:80', 'http', ':80'],
  ['http:///path', 'http', ''],
  ['kubernetes.default.svc', '', ''],
  ['mailto:ops@example.org', 'mailto', ''],
  ['', '', ''],
])('takes %s', (text, scheme, host) => {
  expect(parseGoUrl(text)).toEqual({ scheme, host });
});

it.each([
  'http://host:port/',
  'http://a b/',
  'http://[::1/',
  'http://host/%zz',
  'http://us er@host/',
  ':80/metrics',
  '1host:80',
  'http://host/\n',
])('refuses %j', (text) => {
  expect(parseGoUrl(text)).toBeUndefined();
});
