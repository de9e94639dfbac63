import { expect, it } from 'vitest';
import { dayScenarios } from '../../scenarios/lib/day-scenarios.ts';

it.each([
  [
    ['streaming', 'ai', 'backend'],
    ['ordinary_backend', 'cameras', 'ordinary_streaming', 'streaming', 'ordinary_ai', 'plates'],
  ],
  [['backend'], ['ordinary_backend', 'cameras']],
  [
    ['ai', 'another'],
    ['ordinary_ai', 'plates'],
  ],
  [[], ['idle']],
])('a day with the services %j does %j, and asks no other', (services, scenarios) => {
  expect(Object.keys(dayScenarios(services))).toEqual(scenarios);
});
