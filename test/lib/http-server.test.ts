import { afterEach, expect, it } from 'vitest';
import { listen, whenWhole } from '../../src/lib/http-server.ts';

const AT = { ip: '127.0.77.3', port: 8099 };
const URL_OF = `http://${AT.ip}:${AT.port}/a`;
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
});

it('never hangs up on a client that is idle, which may just be sending', async () => {
  opened.push(await listen(AT, (_request, response) => response.end('ok')));
  const { headers } = await fetch(URL_OF);
  // Where a server hangs up by itself, it says after how long.
  expect(headers.get('connection')).toBe('keep-alive');
  expect(headers.get('keep-alive')).toBeNull();
});

it('answers with the words of what the reader throws', async () => {
  const handler = whenWhole(({ body }) => {
    throw new Error(`not "${body}"`);
  });
  opened.push(await listen(AT, handler));
  const answer = await fetch(URL_OF, { method: 'POST', body: 'this' });
  expect([answer.status, await answer.text()]).toEqual([400, 'not "this"']);
});
