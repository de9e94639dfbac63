import type { Mutant } from '../../model/mutation.ts';

/** Levels between which an alert turns, in the unit of its stimulus. */
export interface Levels {
  /** What makes the levels, as people call it. */
  stimulus: string;
  near: number;
  over: number;
}

const OF_LIMITS = new Set(['limit-moved', 'limit-slipped', 'constant-changed']);
/** A stimulus may count in shares where the expression has per cent, and the other way round. */
const SCALES = [1, 100, 0.01];
const DIGITS = 4;

/**
 * Which level would tell a limit from another, with the number to which it has to be brought; of
 * what isn't a limit between the levels nothing.
 */
export function levelHint({ operator, was, becomes }: Mutant, levels: Levels): string | undefined {
  const [limit, other] = [Number(was), Number(becomes)];
  if (!OF_LIMITS.has(operator) || was === '' || ![limit, other].every(Number.isFinite))
    return undefined;
  const scale = SCALES.find((s) => isBetween(limit, levels.near * s, levels.over * s));
  if (scale === undefined || !isBetween(other, levels.near * scale, levels.over * scale))
    return undefined;
  const key = other > limit === levels.over > levels.near ? 'over' : 'near';
  const wanted = short((limit + other) / 2 / scale);
  return (
    `No level lies between the limit ${was} and the new one ${becomes}: bring \`${key}\` of ` +
    `${levels.stimulus} from ${levels[key]} to ${wanted}.`
  );
}

/** A number that lies between two others, in few digits. */
export function between(a: string, b: string): string | undefined {
  const [first, second] = [Number(a), Number(b)];
  return a !== '' && b !== '' && [first, second].every(Number.isFinite)
    ? short((first + second) / 2)
    : undefined;
}

function isBetween(number: number, a: number, b: number): boolean {
  return number >= Math.min(a, b) && number <= Math.max(a, b);
}

function short(number: number): string {
  return String(Number(number.toPrecision(DIGITS)));
}
