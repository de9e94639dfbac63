import { parse, stringify } from 'yaml';
import type { CheckFile } from '../../model/check.ts';
import type { Rule } from '../../stack/rules.ts';
import { readersIn } from './related-rules.ts';
import { changedFiles } from './static.ts';
import type { Subject } from './subject.ts';

/** Somebody's own file of promtool tests. */
export interface OwnTests {
  /** As it is called where it notices something. */
  name: string;
  text: string;
  /** The rule files that it loads, in their order, among the stack's. */
  ruleFiles: string[];
}

interface RuleFile {
  groups?: { name?: string }[];
}

/**
 * A file of tests as a judge of mutants: the rules that it loads stand in one file, and its tests
 * are left as they are.
 * @param files the stack's files
 * @param rules the stack's
 * @throws YAMLParseError when it is no YAML
 */
export function testFileSubject(
  { name, text, ruleFiles }: OwnTests,
  files: CheckFile[],
  rules: readonly Rule[],
): Subject {
  const data = parse(text) as Record<string, unknown>;
  const loaded = new Set(ruleFiles);
  const isLoaded = ({ group }: Rule): boolean =>
    !group.file.embedding && loaded.has(group.file.path);
  const readersOf = readersIn(rules);
  const words = new Set(text.split(/[^\w:]+/));
  const isNamed = ({ name }: Rule): boolean =>
    /^[\w:]+$/.test(name) ? words.has(name) : text.includes(name);
  return {
    name,
    rules: new Set(rules.flatMap((rule, number) => (isLoaded(rule) ? [number] : []))),
    hint: (mutant) => {
      const own = mutant.rules.flatMap((number) => rules[number] ?? []);
      return own.some((rule) => readersOf(rule).some(isNamed))
        ? undefined
        : `None of the tests names ${own.map((rule) => rule.name).join(', ')}, or what reads it.`;
    },
    caseOf: (mutant) => ({
      rules: together(mutant ? changedFiles(files, mutant) : files, ruleFiles),
      tests: (path) => stringify({ ...data, rule_files: [path] }, { lineWidth: 0 }),
    }),
  };
}

/** Several rule files as one: names of groups have to differ within a file. */
function together(files: CheckFile[], ruleFiles: string[]): string {
  const groups = ruleFiles.flatMap((path, i) => {
    const file = files.find((f) => f.path === path);
    const { groups: own = [] } = ((file && parse(file.text)) ?? {}) as RuleFile;
    return own.map((group) => ({ ...group, name: `${i} ${group.name ?? ''}` }));
  });
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
