import { describe, expect, it } from 'vitest';
import { KEY_HEADER, refusal } from '../../../src/run/live/site/guard.ts';

const DOOR = { port: 8025, key: 'the-key' };
const HOST = { host: '127.0.0.1:8025' };

describe('who is answered', () => {
  it.each([
    ['a program that asks', 'GET', '/state', HOST],
    ['by the name of this machine', 'GET', '/state', { host: 'localhost:8025' }],
    ['the page itself', 'GET', '/state', { ...HOST, 'sec-fetch-site': 'same-origin' }],
    ['an address that was typed in', 'GET', '/', { ...HOST, 'sec-fetch-site': 'none' }],
    ['a link somewhere else', 'GET', '/', { ...HOST, 'sec-fetch-site': 'cross-site' }],
    [
      'a change with the key',
      'PUT',
      '/provoked/X',
      { ...HOST, [KEY_HEADER]: 'the-key', origin: 'http://127.0.0.1:8025' },
    ],
  ])('%s', (_, method, path, headers) =>
    expect(refusal({ isOwnUser: true, method, path, headers }, DOOR)).toBeNull(),
  );
});

describe('who is refused', () => {
  it.each([
    ['a name that was made to lead here', 'GET', '/', { host: 'evil.example:8025' }],
    ['another port of this machine', 'GET', '/', { host: '127.0.0.1:9090' }],
    ['no host at all', 'GET', '/', {}],
    ['another site', 'GET', '/state', { ...HOST, origin: 'https://evil.example' }],
    ['a page in a sandbox', 'GET', '/state', { ...HOST, origin: 'null' }],
    ['an image on another site', 'GET', '/query', { ...HOST, 'sec-fetch-site': 'cross-site' }],
    ['another port in a browser', 'GET', '/state', { ...HOST, 'sec-fetch-site': 'same-site' }],
    ['a change without the key', 'PUT', '/provoked/X', HOST],
    ['a change with a wrong one', 'PUT', '/provoked/X', { ...HOST, [KEY_HEADER]: 'the-kex' }],
    ['a change with a shorter one', 'DELETE', '/provoked', { ...HOST, [KEY_HEADER]: 'the' }],
    [
      'a change with the key from another site',
      'DELETE',
      '/provoked',
      { ...HOST, [KEY_HEADER]: 'the-key', origin: 'https://evil.example' },
    ],
    ['a form', 'POST', '/provoked', { ...HOST, 'sec-fetch-site': 'cross-site' }],
  ])('%s', (_, method, path, headers) =>
    expect(refusal({ isOwnUser: true, method, path, headers }, DOOR)).toBeTypeOf('string'),
  );

  it('another user of this machine, whatever they come with', () =>
    expect(refusal({ isOwnUser: false, method: 'GET', path: '/', headers: HOST }, DOOR)).toBeTypeOf(
      'string',
    ));
});
