import { matchesGlob } from '../lib/glob.ts';
import { nearest } from '../lib/nearest.ts';
import type { CheckFile, CheckFinding, Level } from '../model/check.ts';
import { SourceFile } from '../stack/source/source-file.ts';
import type { Value } from '../stack/source/value.ts';

/** Where settings stand in a stack's folder. */
const SETTINGS_FILE = /^check\.ya?ml$/;
const LEVELS = ['error', 'warning', 'advice'] as const;
export const OVERRIDE_KEYS = ['files', 'rules', 'reason'];

/** What one entry of `overrides` says of the rules in some files. */
export interface Override {
  entry: Value;
  covers: (finding: CheckFinding) => boolean;
  rules: { id: string; level: Level | 'off' | undefined; value: Value }[];
  reason: string;
}

/**
 * The stack's files without those that `ignore` in its check.yaml names: they are as if they
 * weren't there.
 */
export function withoutIgnored(files: CheckFile[]): CheckFile[] {
  const settings = files.find(({ path }) => SETTINGS_FILE.test(path));
  if (!settings) return files;
  const patterns = new SourceFile(settings).root.get('ignore').texts();
  return files.filter(({ path }) => !patterns.some(({ text }) => matchesPath(path, text)));
}

/** The entries of `overrides`. */
export function overridesIn(settings: Value): Override[] {
  return settings
    .get('overrides')
    .items()
    .map((entry) => {
      const patterns = entry.get('files').texts();
      return {
        entry,
        covers: ({ file }) => patterns.some(({ text }) => matchesPath(file, text)),
        rules: entry
          .get('rules')
          .entries()
          .map(({ key, value }) => ({
            id: key,
            level: levelOf(value),
            value,
          })),
        reason: entry.get('reason').text()?.trim() ?? '',
      };
    });
}

/** The findings with the levels that overrides give them; of several that fit, the last counts. */
export function relevelled(findings: CheckFinding[], overrides: Override[]): CheckFinding[] {
  return findings.map((one) => {
    const level = overrides
      .filter((override) => override.covers(one))
      .flatMap(({ rules }) => rules.filter(({ id }) => id === one.rule))
      .findLast((rule) => rule.level !== undefined && rule.level !== 'off')?.level;
    return level === undefined || level === 'off' ? one : { ...one, level };
  });
}

/** What is meant instead of a word that is no level. */
export function levelMeant(word: string): string {
  const all = [...LEVELS, 'off'];
  const close = nearest(word, all);
  return close === undefined ? `one of ${all.join(', ')}` : `is \`${close}\` meant?`;
}

/** YAML of before 1.2 takes `off` for false. */
function levelOf(value: Value): Level | 'off' | undefined {
  const text = value.isFalse() ? 'off' : value.text();
  return text === 'off' ? text : LEVELS.find((level) => level === text);
}

/**
 * Whether a path fits a pattern: `**` stands for any number of folders, all else is as for a shell.
 */
function matchesPath(path: string, pattern: string): boolean {
  const fits = (parts: string[], [first, ...rest]: string[]): boolean => {
    if (first === undefined) return parts.length === 0;
    if (first === '**')
      return rest.length === 0
        ? parts.length > 0
        : parts.some((_part, i) => fits(parts.slice(i), rest));
    const [part, ...others] = parts;
    return part !== undefined && matchesGlob(part, first) && fits(others, rest);
  };
  const patterns = pattern
    .replace(/^\.\//, '')
    .split('/')
    .filter((part, i, all) => part !== '**' || all[i - 1] !== '**');
  return fits(path.split('/'), patterns);
}
