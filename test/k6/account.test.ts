import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readAccount } from '../../src/k6/account.ts';
import { HarnessError } from '../../src/lib/errors.ts';

function readFrom(text?: string): Promise<object> {
  const path = join(mkdtempSync(join(tmpdir(), 'k6-')), 'summary.json');
  if (text !== undefined) writeFileSync(path, text);
  return readAccount(path, 'logs/k6.log');
}

it('what k6 has written is read', async () => {
  expect(await readFrom('{"dropped":3}')).toEqual({ dropped: 3 });
});

it.each<[string, string | undefined, RegExp]>([
  ['no file', undefined, /left no account/],
  ['an empty one, as a full disk leaves it', '', /left no account/],
  ['half of one', '{"dropped":', /breaks off/],
  ['something else', '[]', /breaks off/],
])('%s is told, and where to look', async (_what, text, words) => {
  const failure: unknown = await readFrom(text).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(HarnessError);
  expect((failure as HarnessError).message).toMatch(words);
  expect((failure as HarnessError).advice).toContain('logs/k6.log');
});
