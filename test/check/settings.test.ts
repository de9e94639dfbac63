import { describe, expect, it } from 'vitest';
import {
  baselineOf,
  checkStack,
  isBaseline,
  withoutBaseline,
  withoutIgnored,
} from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';
import { BASE, optionsFor } from './support.ts';

/**
 * The sound stack without the descriptions, which is advice, and without a severity, which is a
 * warning.
 */
const FAULTY = BASE.map((file) =>
  file.path === 'prometheus/rules/api.yml'
    ? {
        ...file,
        text: file.text
          .replace(/ {10}description: .*\n/g, '')
          .replace('severity: critical', 'team: ops'),
      }
    : file,
);
const shown = (files: CheckFile[]): string[] =>
  checkStack(files, optionsFor(files)).findings.map(
    ({ level, rule, title }) => `${level} ${rule} ${title}`,
  );
const withSettings = (text: string): CheckFile[] => [...FAULTY, { path: 'check.yaml', text }];

describe('settings by path', () => {
  it('without any, the levels are those of the rules', () => {
    expect(shown(FAULTY).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining(['warning alert/no-severity', 'advice alert/no-description']),
    );
  });

  it('an override gives other levels, and switches off with a reason', () => {
    const lines = shown(
      withSettings(
        'overrides:\n  - files: ["prometheus/**"]\n    rules: { alert/no-severity: error, alert/no-description: off }\n    reason: the runbook says it\n',
      ),
    );
    expect(lines.filter((line) => line.includes('no-severity'))).toEqual([
      expect.stringMatching(/^error /),
    ]);
    expect(lines.filter((line) => line.includes('no-description'))).toEqual([]);
  });

  it('elsewhere it changes nothing; of several the last counts', () => {
    const lines = shown(
      withSettings(
        'overrides:\n  - { files: ["grafana/**"], rules: { alert/no-severity: advice } }\n  - { files: ["**/*.yml"], rules: { alert/no-description: error } }\n  - { files: ["prometheus/rules/*"], rules: { alert/no-description: warning } }\n',
      ),
    );
    expect(lines.find((line) => line.includes('no-severity'))).toMatch(/^warning /);
    expect(lines.find((line) => line.includes('no-description'))).toMatch(/^warning /);
  });

  it.each([
    [
      'without a reason',
      'overrides: [{ files: ["**"], rules: { alert/no-severity: off } }]',
      'check/off-without-reason',
    ],
    [
      'a rule that nobody knows',
      'overrides: [{ files: ["**"], rules: { alert/no-severit: error } }]',
      'check/off-unknown-rule',
    ],
    [
      'a level that is none',
      'overrides: [{ files: ["**"], rules: { alert/no-severity: warnin } }]',
      'is no level; is `warning` meant?',
    ],
    [
      'a key that nobody reads',
      'overrides: [{ file: ["**"], rules: { alert/no-severity: error } }]',
      'there is no key `file`',
    ],
    [
      'what is off and finds nothing',
      'overrides: [{ files: ["grafana/**"], rules: { alert/no-severity: off }, reason: x }]',
      'check/off-unused',
    ],
  ])('%s is told', (_name, settings, says) => {
    expect(shown(withSettings(settings)).join('\n')).toContain(says);
  });

  it('ignored files are as if they were not there', () => {
    const files = withSettings('ignore: ["prometheus/rules/**", "*.json"]\n');
    expect(withoutIgnored(files).map(({ path }) => path)).toEqual(
      files.map(({ path }) => path).filter((path) => !path.startsWith('prometheus/rules/')),
    );
  });
});

describe('a baseline', () => {
  const before = checkStack(FAULTY, optionsFor(FAULTY));
  const baseline = baselineOf(before.findings);

  it('leaves out what was there, though lines have moved', () => {
    expect(isBaseline(JSON.parse(JSON.stringify(baseline)))).toBe(true);
    const moved = FAULTY.map((file) =>
      file.path.endsWith('api.yml') ? { ...file, text: `# a new line\n\n${file.text}` } : file,
    );
    const result = withoutBaseline(checkStack(moved, optionsFor(moved)), baseline);
    expect([result.findings, result.baseline]).toEqual([
      [],
      { left: before.findings.length, gone: 0 },
    ]);
  });

  it('tells what is new, and what is mended', () => {
    const changed = FAULTY.map((file) =>
      file.path.endsWith('api.yml')
        ? {
            ...file,
            text: file.text
              .replace('team: ops', 'severity: critical')
              .replace('> 100', '> bool 100'),
          }
        : file,
    );
    const result = withoutBaseline(checkStack(changed, optionsFor(changed)), baseline);
    expect(result.findings.map(({ rule }) => rule)).toContain('alert/no-comparison');
    expect(result.findings.map(({ rule }) => rule)).not.toContain('alert/no-description');
    expect(result.baseline?.gone).toBeGreaterThan(0);
  });

  it('one finding more on the same line is new', () => {
    const [first] = before.findings;
    const twice = first
      ? [first, { ...first, fingerprint: first.fingerprint?.replace(':1', ':2') ?? '' }]
      : [];
    expect(
      withoutBaseline({ ...before, findings: twice }, baselineOf(twice.slice(0, 1))).findings,
    ).toHaveLength(1);
  });
});
