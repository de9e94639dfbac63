import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CASES = join(PROJECT, 'test', 'cases');

/**
 * A stack that must fail: what is changed in GT-Vision's own, and the findings it must give, no
 * more and no fewer.
 */
export interface Case {
  name: string;
  title: string;
  /** It keeps others from being judged. All others touch different things, and share a run. */
  alone?: true;
  changes: { file: string; find: string; put: string }[];
  findings: Record<string, string[]>;
}

/** All cases: those that share a run, and those that have one each. */
export function allCases(): { together: Case[]; alone: Case[] } {
  const cases = readdirSync(CASES).map((name) => ({
    name,
    ...(parse(readFileSync(join(CASES, name, 'case.yaml'), 'utf8')) as Omit<Case, 'name'>),
  }));
  return {
    together: cases.filter(({ alone }) => !alone),
    alone: cases.filter(({ alone }) => alone),
  };
}

/** The findings that a run of these cases must give, by what they are about. */
export function findingsOfCases(cases: Case[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { findings } of cases)
    for (const [about, ids] of Object.entries(findings)) (all[about] ??= []).push(...ids);
  return all;
}

/**
 * A copy of a stack, GT-Vision's unless another folder of the project is named, with these changes;
 * each must hit exactly one place.
 */
export function changedStack(changes: Case['changes'], stack = 'stack'): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-case-'));
  cpSync(join(PROJECT, stack), dir, { recursive: true });
  for (const { file, find, put } of changes) {
    const path = join(dir, file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== 2)
      throw new Error(`${file}: ${JSON.stringify(find)} stands there ${parts.length - 1} times`);
    writeFileSync(path, parts.join(put));
  }
  return dir;
}
