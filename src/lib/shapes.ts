import type { Shape } from '../model/recipe.ts';

type Gaps = Extract<Shape, { kind: 'gaps' }>;

/** Seconds closer than this to the beginning of the next stretch are in it: fractions waver. */
const HAIR = 1e-6;

/** Whether what has gaps is there so many seconds after it began. */
export function isThere({ thereSeconds, awaySeconds }: Gaps, seconds: number): boolean {
  return (seconds + HAIR) % (thereSeconds + awaySeconds) < thereSeconds;
}

/** Whether a shape comes and goes, or goes up and down, while its level stays the same. */
export function goesToAndFro({ kind }: Shape): boolean {
  return kind === 'toggle' || kind === 'gaps';
}
