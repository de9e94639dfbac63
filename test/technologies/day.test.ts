import { describe, expect, it } from 'vitest';
import { bustle, hourAt } from '../../src/technologies/day.ts';
import { dayLevels } from '../../src/technologies/registry.ts';
import { isProvoked, levelsOf, signalOf } from '../../src/plan/levels.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';

const MINUTE_MS = 60_000;
const { contract } = await readSpec(STACK);

describe('an ordinary day', () => {
  it.each(contract.alerts.filter(isProvoked).map((alert) => [alert.name, alert] as const))(
    'is quiet for %s at every minute of a week',
    (_, alert) => {
      const levels = levelsOf(alert.stimulus);
      const signal = signalOf(alert.stimulus);
      if (!levels || !signal) throw new Error('no levels');
      const { near, over } = levels;
      for (let minute = 0; minute < 7 * 24 * 60; minute++) {
        const level = dayLevels(minute * MINUTE_MS)[signal];
        expect(level, signal).toBeDefined();
        // On the quiet side of the level just below the limit, in whichever direction the
        // limit lies.
        expect(
          (near - (level ?? NaN)) * Math.sign(over - near),
          `${signal} ${level} at minute ${minute}`,
        ).toBeGreaterThanOrEqual(0);
      }
    },
  );

  it('begins at six, has two rush hours and a quiet night', () => {
    expect(hourAt(0)).toBe(6);
    expect(hourAt(18 * 60 * MINUTE_MS)).toBe(0);
    const hours = Array.from({ length: 24 }, (_, hour) => bustle(hour));
    expect(Math.max(...hours)).toBeLessThanOrEqual(1);
    expect(hours[8]).toBeGreaterThan(2 * (hours[12] ?? 0) - 0.5);
    expect(hours[3]).toBeLessThan(0.2);
    expect(hours.indexOf(Math.max(...hours))).toBeOneOf([8, 17, 18]);
  });

  it('has a camera that flaps now and then', () => {
    const offline = Array.from(
      { length: 200 },
      (_, minute) => dayLevels(minute * MINUTE_MS)['load.cameras-offline'],
    );
    expect(new Set(offline)).toEqual(new Set([2, 5]));
  });
});
