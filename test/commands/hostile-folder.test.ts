import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import { eachScalar } from '../../src/stack/source/node.ts';
import { parseYaml } from '../../src/stack/source/yaml.ts';
import { readFolder } from '../../src/stack/folder.ts';
import { startCli } from '../support/cli.ts';

// A stack's folder is data: whatever its files are called and whatever they say, nothing of it is
// run, and nothing else is read.
const CANARY = 'what-stands-outside';
const RULES = `groups:
  - name: g
    rules:
      - alert: A
        expr: up == 0
        for: 1m
`;

/** Names that a shell, a terminal, a program's options or a path would take for something else. */
const NAMES = [
  '--config.file=x.yml',
  '-x.yml',
  '$(touch got-out).yml',
  '`touch got-out`.yml',
  ';touch got-out;.yml',
  '|touch got-out|.yml',
  'a\nb.yml',
  '\u001b]0;got out\u0007\u001b[31m.yml',
  '..\\..\\got-out.yml',
  '{{ .Values.x }}.yml',
  '%s%n.yml',
  '*.yml',
  ' .yml',
  '__proto__.yml',
];
/** What of a terminal's language a report has not: all but line ends and colours. */
const STEERING = /\u001b(?!\[[\d;]*m)|[\u0000-\u0009\u000b-\u001a\u001c-\u001f\u007f\u009b]/;

function folder(files: Record<string, string>): { dir: string; outside: string } {
  const around = mkdtempSync(join(tmpdir(), 'hostile-'));
  const [dir, outside] = [join(around, 'stack'), join(around, 'outside.yml')];
  mkdirSync(dir);
  writeFileSync(outside, `secret: ${CANARY}\n`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return { dir, outside };
}

describe.each(['check', 'init'])('%s', (command) => {
  it('takes a file’s name for a name', async () => {
    // Half of them are refused, so that they are named.
    const files = Object.fromEntries(
      NAMES.map((name, i) => [name, i % 2 === 0 ? RULES : RULES.replace('up == 0', 'up ==')]),
    );
    const { dir } = folder(files);
    const { exitCode, stdout, stderr } = await startCli([command, dir]);
    expect([1, 2]).toContain(exitCode);
    expect(stdout + stderr).not.toMatch(STEERING);
    expect(stderr).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
    const got = [dir, join(dir, '..'), process.cwd()].flatMap((where) => readdirSync(where));
    expect(got.filter((name) => name === 'got-out' || name === 'got-out.yml')).toEqual([]);
  });
});

/** Every text of a file, as it was read. */
function eachText(text: string): string[] {
  const texts: string[] = [];
  for (const root of parseYaml(text).roots)
    eachScalar(root, ({ value }) => texts.push(String(value)));
  expect(texts.length).toBeGreaterThan(0);
  return texts;
}

describe('a YAML tag', () => {
  it.each([
    ['!!js/function', "\"function () { require('fs').writeFileSync('got-out', '') }\""],
    ['!<tag:yaml.org,2002:js/function>', '"() => process.exit(7)"'],
    ['!!python/object/apply:os.system', '["touch got-out"]'],
    ['!ruby/object:Gem::Installer', '{ i: x }'],
    ['!include', 'OUTSIDE'],
    ['!reference', '[OUTSIDE, secret]'],
    ['!env', 'HOME'],
    ['!!binary', 'Z290LW91dA=='],
    ['!!merge', '<<'],
  ])('%s is no order', async (tag, value) => {
    const { dir, outside } = folder({});
    const text = `${RULES}        annotations: { summary: ${tag} ${value.replace('OUTSIDE', outside)} }\n`;
    writeFileSync(join(dir, 'rules.yml'), text);
    const files = await readFolder(dir);
    const told = JSON.stringify(checkStack(files).findings);
    expect(told).not.toContain(CANARY);
    expect(told).not.toContain('check/rule-failed');
    expect(JSON.stringify(eachText(text))).not.toContain(CANARY);
    expect(existsSync('got-out')).toBe(false);
  });
});

describe('an enormous file', () => {
  it.each([
    ['of 100 GiB of nothing', 100 * 1024 ** 3],
    ['just over what is read', 20 * 1024 ** 2 + 1],
  ])('%s is told, and not read', async (_what, bytes) => {
    const { dir } = folder({ 'rules.yml': '', 'b.yml': RULES });
    truncateSync(join(dir, 'rules.yml'), bytes);
    const files = await readFolder(dir);
    expect(files.map(({ path, text, unreadable }) => [path, text.length, unreadable])).toEqual([
      ['b.yml', RULES.length, undefined],
      ['rules.yml', 0, expect.stringContaining(`the file has ${bytes} bytes`)],
    ]);
  });
});
