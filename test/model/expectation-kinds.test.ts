import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPECTATION_KINDS, nameOf, spoiltIn, titleOf } from '../../src/model/expectation-kinds.ts';
import type { Expectation, ExpectationKind } from '../../src/model/expectation.ts';
import { FINDING_IDS } from '../../src/model/finding.ts';

const KINDS = Object.keys(EXPECTATION_KINDS) as ExpectationKind[];
const subject = { about: 'alert', alert: 'ServiceDown', track: 'ServiceDown/redis' } as const;

describe('kinds of expectations', () => {
  it('give every finding, and none that is not listed', () => {
    const given = KINDS.flatMap((kind): readonly string[] => EXPECTATION_KINDS[kind].findings);
    expect(new Set([...given, 'could-not-judge'])).toEqual(new Set(FINDING_IDS));
  });

  const page = readFileSync(new URL('../../docs/expectations.md', import.meta.url), 'utf8');
  /** The cells of a kind's row. */
  const cells = (kind: string): string[] =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| \`${kind}\` |`))
      ?.split('|')
      .map((cell) => cell.trim()) ?? [];

  it.each(KINDS)('%s: the page has its findings', (kind) => {
    const links = [...(cells(kind)[4] ?? '').matchAll(/\[([\w-]+)\]/g)].map(([, id]) => id);
    expect(links).toEqual([...EXPECTATION_KINDS[kind].findings]);
  });

  it('has no row for a kind that there is not', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind);
    expect(rows.sort()).toEqual([...KINDS].sort());
  });
});

describe('an expectation in words', () => {
  it.each<[Expectation, string]>([
    [{ kind: 'fires-on-time', subject, phase: 'outage' }, 'ServiceDown/redis: fires on time'],
    [
      { kind: 'told', subject, phase: 'return', receiver: 'slack', status: 'resolved' },
      'ServiceDown/redis: slack told of the end',
    ],
    [
      {
        kind: 'equals-truth',
        subject: { about: 'metric', metric: 'redis_up', job: 'redis' },
        phase: null,
        known: 'the Redis client',
      },
      'redis_up/redis: equals the Redis client',
    ],
    [
      {
        kind: 'shows-truth',
        subject: { about: 'panel', dashboard: 'Board', panel: 'Rate' },
        phase: null,
        refId: 'B',
      },
      'Board/Rate: shows the truth (B)',
    ],
    [{ kind: 'judged', subject: { about: 'run' }, phase: null }, 'run: judged'],
  ])('%o', (expectation, name) => expect(nameOf(expectation)).toBe(name));

  it('says when the machine may have spoilt it', () => {
    const told = { kind: 'told', subject, receiver: 'email', status: 'firing' } as const;
    expect(spoiltIn({ ...told, phase: 'breach' })).toBeUndefined();
    expect(titleOf({ ...told, phase: 'breach' })).toBe('email told');
    expect(spoiltIn({ kind: 'blip-stays-pending', subject, phase: 'blip' })).toEqual([
      'blip',
      'rest',
    ]);
  });
});
