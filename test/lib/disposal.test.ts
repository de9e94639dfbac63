import { expect, it } from 'vitest';
import { Disposal } from '../../src/lib/disposal.ts';

it('ends what was registered, the last one first, and tells what failed', async () => {
  const disposal = new Disposal();
  const ended: string[] = [];
  disposal.defer(() => ended.push('first'));
  disposal.defer(() => Promise.reject(new Error('stuck')));
  disposal.use({ [Symbol.asyncDispose]: () => Promise.resolve(void ended.push('last')) });
  expect(await disposal.dispose()).toEqual([new Error('stuck')]);
  expect(ended).toEqual(['last', 'first']);
  expect(await disposal.dispose()).toEqual([]);
  expect(ended).toEqual(['last', 'first']);
});

it('what is registered when all else has ended is ended at once', async () => {
  const disposal = new Disposal();
  await disposal.dispose();
  let isEnded = false;
  disposal.defer(() => (isEnded = true));
  await expect.poll(() => isEnded).toBe(true);
});
