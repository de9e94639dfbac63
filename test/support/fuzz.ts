import { describe, expect, it } from 'vitest';
import { mutate, numbers } from './mutations.ts';

const ROUNDS = 400;
/** Longer and deeper than anything that people write. */
const MANY = 50_000;

/** A parser, texts that it takes, and what nests in its language. */
export interface Tried {
  /** Or what becomes of the text a moment later. */
  read: (text: string) => unknown;
  texts: string[];
  nests: string[];
  /** What it may throw: everything else is a fault of the parser. */
  refuses?: new (...args: never[]) => Error;
}

/** Reads a text. @throws what the parser throws, unless that is how it refuses */
async function tried({ read, refuses }: Tried, text: string): Promise<void> {
  try {
    await read(text);
  } catch (error) {
    if (refuses === undefined || !(error instanceof refuses)) throw error;
  }
}

/**
 * Tries parsers: with what they should take, with that broken in some place, and with what nests
 * very often.
 */
export function fuzzed(parsers: Record<string, Tried>): void {
  describe.each(Object.entries(parsers))('%s', (_name, parser) => {
    it('read what they should', async () => {
      for (const text of parser.texts) await parser.read(text);
    });

    it(`take or refuse ${ROUNDS} texts in which something is broken, and never stumble`, async () => {
      const random = numbers(20_261_126);
      for (let round = 0; round < ROUNDS; round++) {
        const text = parser.texts[round % parser.texts.length] ?? '';
        const broken = mutate(text, random, parser.texts[random(parser.texts.length)] ?? '');
        const what = `round ${round}: ${JSON.stringify(broken.slice(0, 300))}`;
        await expect(tried(parser, broken), what).resolves.toBeUndefined();
      }
    });

    it.each(parser.nests)('end on %j, however often it stands there', async (part) => {
      await expect(tried(parser, part.repeat(MANY))).resolves.toBeUndefined();
    });
  });
}
