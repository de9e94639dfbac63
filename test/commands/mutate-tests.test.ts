import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTests } from '../../src/commands/mutate/test-files.ts';
import { readStack } from '../../src/stack/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-mutate-tests-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const stack = readStack([
  { path: 'rules.yml', text: 'groups: [{ name: g, rules: [{ alert: A, expr: x > 1 }] }]\n' },
]);
const read = (text?: string) => {
  const path = join(dir, text === undefined ? 'missing.yml' : 'own.test.yml');
  if (text !== undefined) writeFileSync(path, text);
  return readTests([path], dir, stack);
};

it('names the rule files that it loads, by patterns too', async () => {
  for (const named of ['rules.yml', '"*.yml"', join(dir, 'rules.yml')]) {
    const [own] = await read(`rule_files: [${named}]\ntests: [{ interval: 1m }]\n`);
    expect(own?.ruleFiles).toEqual(['rules.yml']);
  }
});

it.each([
  [undefined, 'there is no such file'],
  ['a: [', 'it is no YAML: '],
  ['tests: [{ interval: 1m }]', 'it has no list of rule_files'],
  ['rule_files: [rules.yml]', 'it has no list of tests'],
  // promtool would pass it.
  ['rule_files: [rules.yml]\ntests: []', 'it has no list of tests'],
  ['rule_files: [others.yml]\ntests: [{ interval: 1m }]', 'none of its rule_files lies in'],
])('a file that can judge nothing is refused: %j', async (text, why) => {
  await expect(read(text)).rejects.toThrow(why);
});
