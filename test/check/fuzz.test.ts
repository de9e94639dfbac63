import { expect, it } from 'vitest';
import { checkStack, fixAll, promisesOf, readStack } from '../../src/check/index.ts';
import { checkGithub } from '../../src/report/check/github.ts';
import { checkText } from '../../src/report/check/text.ts';
import { BASE, optionsFor } from './support.ts';

const STACKS = 600;
const CONTRACT =
  'alerts:\n  Busy: { severity: critical, for: 5m, every: 30s, window: 5m, labels: { job: api }, stimulus: { kind: request-errors, service: api, near: 0.04, over: 0.06, calm: 0 } }\n';

/** Numbers that are the same at every run (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** What has broken parsers of YAML, JSON, PromQL and templates before. */
const ODDITIES = [
  '\u0000',
  '\ud800',
  '\ufeff',
  '\r',
  '\t',
  '"',
  "'",
  '`',
  '{{',
  '}}',
  '{{-',
  '{{/*',
  '[[',
  ']]',
  '${',
  '$',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '((((((((',
  '[[[[[[[[',
  '- - - -',
  '? ',
  ': ',
  '|',
  '>',
  '|2-',
  '&a ',
  '*a',
  '<<: *a',
  '&a [*a]',
  '!!binary x',
  '!<x> ',
  '%YAML 9',
  '---\n',
  '...\n',
  '# gtv-check: off',
  '# gtv-check: off-file promql/type -- x\n',
  '#',
  '~',
  'null',
  'true',
  '1e999',
  '-0x1',
  '.inf',
  '9'.repeat(400),
  '=~"(?!"',
  'by (',
  'offset',
  '@ end()',
  '[5m:',
  '\\',
  '\\u',
  '\u2028',
  '😀',
  'constructor',
  '__proto__',
  'toString',
];

function mutate(text: string, random: (below: number) => number, other: string): string {
  const at = random(text.length + 1);
  const length = random(3) === 0 ? random(text.length) : random(24);
  const oddity = ODDITIES[random(ODDITIES.length)] ?? '';
  switch (random(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at + length) + text.slice(at);
    case 3:
      return text.slice(0, at) + oddity + text.slice(at);
    case 4:
      return text.slice(0, at) + oddity + text.slice(at + length);
    case 5: {
      // A value of another kind: a list, a map, nothing.
      const lines = text.split('\n');
      const line = random(lines.length);
      lines[line] = (lines[line] ?? '').replace(
        /:\s.*$/,
        [': []', ': {}', ':', ': [[1]]', ': { a: { b: 1 } }', ': 7', ': true'][random(7)] ?? ':',
      );
      return lines.join('\n');
    }
    case 6: {
      const from = random(other.length);
      return text.slice(0, at) + other.slice(from, from + length) + text.slice(at);
    }
    default:
      return Array.from({ length: 6 }).reduce<string>((now) => {
        const where = random(now.length + 1);
        return (
          now.slice(0, where) +
          String.fromCharCode(random(random(2) === 0 ? 128 : 65536)) +
          now.slice(where + random(2))
        );
      }, text);
  }
}

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
