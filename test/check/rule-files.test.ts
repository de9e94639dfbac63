import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/check/rules/index.ts';

const CHECK = fileURLToPath(new URL('../../src/check', import.meta.url));

/** The files of a folder of check's, but those that list others. */
const filesOf = (folder: string): string[] =>
  readdirSync(join(CHECK, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('index.ts'));

describe('a rule stands in the file that its id names', () => {
  const ruleFiles = filesOf('rules').filter((file) => file !== 'refused.ts');
  it('and is among the rules that are asked', () =>
    expect(RULES.map(({ id }) => `${id}.ts`).sort()).toEqual(ruleFiles.sort()));
  it.each(ruleFiles)('%s', (file) => {
    const text = readFileSync(join(CHECK, 'rules', file), 'utf8');
    const ids = [...text.matchAll(/^  id: '([^']+)'/gm)].map(([, id]) => id);
    expect(ids).toEqual([file.replace(/\.ts$/, '')]);
  });
});

it.each(filesOf('common'))('%s is looked up by rules, and looks at none', (file) =>
  expect(readFileSync(join(CHECK, 'common', file), 'utf8')).not.toMatch(/from '[^']*\/rules\//),
);
