import { expect, it } from 'vitest';
import { checkStack, fixAll, promisesOf, readStack } from '../../src/check/index.ts';
import { checkGithub } from '../../src/report/check/github.ts';
import { checkText } from '../../src/report/check/text.ts';
import { BASE, optionsFor } from './support.ts';
import { mutate, numbers } from '../support/mutations.ts';

const STACKS = 600;
const CONTRACT =
  'alerts:\n  Busy: { severity: critical, for: 5m, every: 30s, window: 5m, labels: { job: api }, stimulus: { kind: request-errors, service: api, near: 0.04, over: 0.06, calm: 0 } }\n';

it(`${STACKS} stacks of ${BASE.length} mutated files: findings at places that exist, and never a stack trace`, () => {
  const random = numbers(20_260_701);
  const base = BASE.map((file) =>
    file.path === 'contract.yaml' ? { ...file, text: file.text + CONTRACT } : file,
  );
  let files = 0;
  let found = 0;
  for (let i = 0; i < STACKS; i++) {
    const stack = base.map((file) => ({
      path: file.path,
      text: mutate(file.text, random, base[random(base.length)]?.text ?? ''),
    }));
    files += stack.length;
    const options = optionsFor(stack, {
      wrong: '',
      metrics: { api: mutate('# TYPE a counter\na{b="c"} 1\n', random, '{') },
    });
    const result = checkStack(stack, options);
    for (const f of result.findings) {
      expect(f.rule, `stack ${i}: ${f.title}`).not.toBe('check/rule-failed');
      const lines = (stack.find((s) => s.path === f.file)?.text ?? '').split('\n');
      expect(f.line, `stack ${i}: ${f.rule}`).toBeLessThanOrEqual(lines.length);
      expect(f.column).toBeLessThanOrEqual((lines[f.line - 1] ?? '').length + 1);
      expect(f.title).not.toMatch(/^\s+at |TypeError|undefined is not/);
    }
    found += result.findings.length;
    expect(checkText(result, { color: false, width: 100, dir: '.', verbose: true })).not.toMatch(
      /\n\s+at \S+:\d+/,
    );
    checkGithub(result, '');
    if (i % 10 === 0) {
      fixAll(stack, (now) => checkStack(now, options).findings);
      promisesOf(readStack(stack, options))?.files((path) => path);
    }
  }
  expect(files).toBeGreaterThanOrEqual(5_000);
  // Most mutations break something.
  expect(found).toBeGreaterThan(STACKS);
}, 120_000);
