import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkRead, readStack, refusable, withRefusals } from '../../src/check/index.ts';
import type { Refusal } from '../../src/check/index.ts';
import { check } from '../../src/commands/check.ts';
import { askPrograms } from '../../src/commands/check/second-opinion.ts';
import { terminalOutput } from '../../src/commands/output.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import { readFolder } from '../../src/stack/folder.ts';

const unstopped = new AbortController().signal;
const BASE_DIR = fileURLToPath(new URL('base', import.meta.url));

/** What the programs refuse of the sound stack with one file changed, beside what check tells. */
async function asked(path: string, at: string, put: string) {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-opinion-'));
  try {
    cpSync(BASE_DIR, dir, { recursive: true });
    const text = readFileSync(join(dir, path), 'utf8');
    expect(text).toContain(at);
    writeFileSync(join(dir, path), text.replace(at, put));
    const stack = readStack(await readFolder(dir));
    const own = checkRead(stack);
    const { refusals } = await (await askPrograms(refusable(stack), dir, unstopped)).answers;
    return { refusals, findings: withRefusals(own, stack, refusals).findings };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
const refusedIn = (findings: CheckFinding[]) =>
  findings.filter(({ rule }) => rule === 'check/refused-by-program');

describe('promtool and amtool are asked too', () => {
  it('they take the sound stack', async () => {
    expect((await asked('prometheus/prometheus.yml', 'global:', 'global:')).refusals).toEqual([]);
  });

  it('what only the program refuses is an error with its words', async () => {
    const { findings } = await asked(
      'prometheus/prometheus.yml',
      '- job_name: api',
      '- job_name: api\n    metric_name_validation_scheme: legacy',
    );
    expect(refusedIn(findings)).toEqual([
      expect.objectContaining({ level: 'error', file: 'prometheus/prometheus.yml' }),
    ]);
    expect(refusedIn(findings)[0]?.title).toMatch(
      /^promtool \d+\.\d+ refuses it: utf8 metric names requested/,
    );
  });

  it.each([
    ['prometheus/rules/api.yml', 'for: 5m', 'for: 5'],
    ['prometheus/prometheus.yml', 'scrape_interval: 15s', 'scrape_intervall: 15s'],
    ['alertmanager/alertmanager.yml', 'group_by:', 'groupby:'],
  ])('%s: what is told already is not told again', async (path, at, put) => {
    const { refusals, findings } = await asked(path, at, put);
    expect(refusals.map((one) => one.path)).toContain(path);
    expect(refusedIn(findings)).toEqual([]);
    expect(findings.some(({ file, level }) => file === path && level === 'error')).toBe(true);
  });
});

it('amtool is led to no file of this machine: what a configuration names as templates it isn’t told', async () => {
  const text = `route: { receiver: a }
templates: [/etc/shadow, '../*.tmpl']
receivers: [{ name: a }]
`;
  const stack = readStack([{ path: 'alertmanager.yml', text }]);
  const [given] = refusable(stack);
  expect(given?.text).toBe(text.replace(`/etc/shadow, '../*.tmpl'`, '"/dev/null", "/dev/null"'));
  const dir = mkdtempSync(join(tmpdir(), 'gtv-opinion-'));
  try {
    const outside = join(dir, 'outside.tmpl');
    writeFileSync(outside, '{{ broken');
    writeFileSync(join(dir, 'alertmanager.yml'), text.replace('/etc/shadow', outside));
    const own = readStack(await readFolder(dir));
    const { answers } = await askPrograms(refusable(own), dir, unstopped);
    expect(await answers).toEqual({ refusals: [], unanswered: [] });
  } finally {
    rmSync(dir, { recursive: true });
  }
});

describe('a program that gives no answer has not taken the files', () => {
  afterEach(() => void vi.unstubAllEnvs());

  /** Checks the sound stack with a promtool that does this; what is told, and the exit code. */
  async function checkedWith(promtool: string, format: 'text' | 'json') {
    const dir = mkdtempSync(join(tmpdir(), 'gtv-opinion-'));
    const told: string[] = [];
    try {
      writeFileSync(join(dir, 'promtool'), `#!/bin/sh\n${promtool}\n`, { mode: 0o755 });
      vi.stubEnv('PATH', `${dir}:${process.env['PATH'] ?? ''}`);
      const code = await check(
        { dir: BASE_DIR, metrics: [], format, promises: false, secondOpinion: true },
        {
          ...terminalOutput(true),
          print: (text) => void told.push(text),
          error: (text) => void told.push(`error: ${text}`),
        },
        unstopped,
      );
      return { code, told: told.join('\n') };
    } finally {
      rmSync(dir, { recursive: true });
    }
  }

  it('one that was ended: told, and not judged', async () => {
    const { code, told } = await checkedWith('kill -KILL $$', 'text');
    expect(code).toBe(2);
    expect(told).toContain(
      'not judged: what promtool check config --syntax-only refuses: it was ended by SIGKILL',
    );
  });

  it('one that answers; and who reads by program is told what isn’t known', async () => {
    const sound = await checkedWith('exit 0', 'json');
    expect(sound.told).not.toMatch(/not judged|unanswered/);
    const broken = await checkedWith('kill -TERM $$', 'json');
    expect(broken.code).toBe(2);
    expect(broken.told).toMatch(/^error: not judged: what promtool/m);
    expect(broken.told).toMatch(/"unanswered": \[\n.*it was ended by SIGTERM/);
  });
});

describe('what a program says counts as far as it can know', () => {
  const stack = readStack([
    { path: 'a.rules.yml', text: 'groups: [{ name: g, rules: [{ record: a, expr: up }] }]\n' },
    {
      path: 'b.rules.yml',
      text: 'groups: [{ name: h, rules: [{ record: b, expr: "up" }] }]\n# ${TOKEN}\n',
    },
  ]);
  const said: Refusal = {
    kind: 'rules',
    path: 'a.rules.yml',
    program: 'promtool 2.42',
    words: 'line 1: field query_offset not found in type rulefmt.RuleGroup',
    line: 1,
    isOlder: true,
  };
  const told = (refusal: Refusal) =>
    refusedIn(withRefusals(checkRead(stack), stack, [refusal]).findings);

  it('an older one does not know what is new', () => {
    expect(told(said)).toEqual([]);
    expect(told({ ...said, words: 'duplicate group' })).toHaveLength(1);
    expect(told({ ...said, isOlder: false })).toHaveLength(1);
  });

  it('what is filled in later is not asked about', () => {
    expect(refusable(stack).map(({ path }) => path)).toEqual(['a.rules.yml']);
  });
});
