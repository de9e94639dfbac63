import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../lib/duration.ts';

/** A parser of whole numbers in a range, both ends included. */
export function parseCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** A duration from a second to an hour, in ms. */
export function parseTime(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 1_000 || ms > 3_600_000)
    throw new InvalidArgumentError('Expected a duration from 1s to 1h, such as 5s.');
  return ms;
}

/** By how much every duration is divided. */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed < 1 || speed > 600)
    throw new InvalidArgumentError('Expected a number from 1 to 600.');
  return speed;
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
