import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { judgeAgain } from '../../src/commands/judge.ts';
import type { Output } from '../../src/commands/output.ts';
import { HarnessError } from '../../src/lib/errors.ts';
import { toExactJson } from '../../src/lib/exact-json.ts';
import { makePlan } from '../../src/plan/index.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const PLAN = makePlan(smallSpec(), 'small', 60);
const WHOLE = {
  'plan.json': PLAN,
  'evidence.json': perfectEvidence(PLAN),
  'command.json': { stackDir: '/a/stack' },
  'check.json': {
    checked: { findings: [], switchedOff: 0, looked: {}, rules: [], unread: [] },
    unchecked: null,
  },
};
type File = keyof typeof WHOLE;

/** A run's folder in which one file is another. */
function runWith(file: File, value: unknown): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-run-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, own] of Object.entries(WHOLE))
    writeFileSync(join(dir, name), toExactJson(name === file ? value : own));
  return dir;
}

function without(file: File, key: string): unknown {
  return Object.fromEntries(Object.entries(WHOLE[file]).filter(([name]) => name !== key));
}

const printed: string[] = [];
const OUTPUT = {
  print: (text: string) => void printed.push(text),
  error: (text: string) => void printed.push(text),
  order: (text: string) => void printed.push(text),
  color: false,
  width: 80,
  quiet: true,
} as unknown as Output;

const NEVER = new AbortController().signal;

/** What `judge` throws over a run, once it has printed and written nothing. */
async function refused(file: File, value: unknown): Promise<string> {
  const dir = runWith(file, value);
  printed.length = 0;
  const error: unknown = await judgeAgain(
    dir,
    OUTPUT,
    { summary: [], annotations: false },
    false,
    NEVER,
  ).then(
    (exitCode) => `ended with ${exitCode}`,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HarnessError);
  expect(printed).toEqual([]);
  expect(existsSync(join(dir, 'report.json'))).toBe(false);
  return (error as HarnessError).message.replace(`${dir}/`, '');
}

it('a whole run is judged', async () => {
  const dir = runWith('command.json', WHOLE['command.json']);
  expect(await judgeAgain(dir, OUTPUT, { summary: [], annotations: false }, false, NEVER)).toBe(0);
});

const KEYS = (Object.keys(WHOLE) as File[])
  .filter((file) => file !== 'command.json')
  .flatMap((file) => Object.keys(WHOLE[file]).map((key) => [file, key] as const))
  // Without it the run is another version's.
  .filter(([, key]) => key !== 'schemaVersion');

it.each(KEYS)('%s without %s is told before anything is judged', async (file, key) => {
  expect(await refused(file, without(file, key))).toMatch(
    new RegExp(`^${file} is not as a run writes it: \`${key}\`: .*undefined$`),
  );
});

it.each<[File, unknown, RegExp]>([
  ['command.json', { stackDir: 5 }, /`stackDir`: .*expected string, received number/],
  ['evidence.json', { ...WHOLE['evidence.json'], series: {} }, /`series`: .*expected array/],
  ['plan.json', { ...PLAN, load: [] }, /`load`: .*expected object, received array/],
  ['evidence.json', null, /expected object, received null/],
  ['check.json', [], /expected object, received array/],
  ['check.json', { checked: {}, unchecked: null }, /`checked\.findings`: .*received undefined/],
])('%s with a value of another kind is told, with its key', async (file, value, words) => {
  expect(await refused(file, value)).toMatch(words);
});
