import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemOf, recordedBy, solveRule } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import { PROJECT } from '../support/cases.ts';
import { unpinnedSides } from './support.ts';

const DIR = join(PROJECT, 'test/stacks/kubernetes');
const files = readdirSync(DIR).map((path) => ({
  path,
  text: readFileSync(join(DIR, path), 'utf8'),
}));
const problem = problemOf(readStack(files));
const recorded = recordedBy(problem.rules);
const alerts = problem.rules.filter(({ kind }) => kind === 'alert');

/** Sides of numbers that no pair of worlds tells apart yet, by alert. */
const LOOSE: Readonly<Record<string, number>> = {
  NetworkSaturated: 1,
};

describe('a cluster and what runs on it', () => {
  it('has more than 120 alerts', () => {
    expect(alerts.length).toBeGreaterThan(120);
  });

  it.each(alerts.map((rule) => [rule.ref.name, rule] as const))('%s is solved', (name, rule) => {
    const result = solveRule(rule, problem, recorded);
    expect(result).toHaveProperty('pairs');
    if ('pins' in result) expect(unpinnedSides(result.pins).length).toBe(LOOSE[name] ?? 0);
  });
});
