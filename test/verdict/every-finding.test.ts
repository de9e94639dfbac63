import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FINDING_IDS } from '../../src/model/finding.ts';

const HERE = new URL('.', import.meta.url);
const texts = readdirSync(HERE)
  .filter((name) => name.endsWith('.test.ts') && name !== 'every-finding.test.ts')
  .map((name) => readFileSync(new URL(name, HERE), 'utf8'));

/**
 * A made-up world that fails with exactly one finding has that finding alone where its table names what is expected:
 * `['never-pending']`, behind the track that it is of, or as a cell of its own (Grafana's worlds).
 */
it.each(FINDING_IDS)('a world fails with exactly %s', (id) => {
  const alone = new RegExp(`\\[['\`](\\S+ )?${id}['\`]\\]|^ +'${id}',$`, 'm');
  expect(texts.some((text) => alone.test(text))).toBe(true);
});
