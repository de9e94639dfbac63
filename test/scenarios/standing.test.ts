import { expect, it, vi } from 'vitest';

const added: [number, Record<string, string>][] = [];
vi.mock('k6/metrics', () => ({
  Trend: class {
    add(value: number, tags: Record<string, string>): void {
      added.push([value, tags]);
    }
  },
}));

it('puts down where k6 stood still, and where it made up for it', async () => {
  const { noteStanding } = await import('../../scenarios/lib/standing.ts');
  const now = 4_300;
  const slotOf = (agoMs: number): number => (now - agoMs < 4_000 ? 0 : 1);
  const late = (...lateMs: number[]): typeof added => {
    added.length = 0;
    for (const ms of lateMs) noteStanding('ai', ms, slotOf);
    return added;
  };
  expect(late(3, 40, 240)).toEqual([]);
  // What was dropped meanwhile keeps all that follow as late: that is said once.
  expect(late(600, 610, 590)).toEqual([
    [360, { service: 'ai', slot: '0' }],
    [360, { service: 'ai', slot: '1' }],
  ]);
  expect(late(10, 20)).toEqual([]);
});
