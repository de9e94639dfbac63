import { HarnessError } from '../../lib/errors.ts';
import { seededRandom } from '../../lib/random.ts';
import type { Mutant } from '../../model/mutation.ts';

/** Which mutants are judged. */
export interface Choice {
  /** Subjects, kinds or ways of getting it wrong, by their names; none: all. */
  only: string[];
  /** How many are drawn; undefined: all, or of very many as many as can be waited for. */
  sample?: number;
  /** None is left out, however many there are. */
  all: boolean;
  seed: number;
}

/** So many are all judged where nobody says how many: a few minutes on two cores. */
const MOST = 3_000;
/** So many are drawn of more. */
const SAMPLE = 2_000;

/** The mutants that are judged, and how many they were drawn from. */
export interface Chosen<T extends Mutant> {
  mutants: T[];
  of: number;
}

/**
 * The mutants that are asked for, in their order.
 * @param where the stack's folder, as people are told
 * @throws HarnessError when there are none
 */
export function chosen<T extends Mutant>(
  mutants: T[],
  { only, sample, all, seed }: Choice,
  where: string,
): Chosen<T> {
  const wanted = mutants.filter(
    (mutant) => only.length === 0 || only.some((n) => isNamed(mutant, n)),
  );
  if (wanted.length === 0) throw only.length === 0 ? nothingIn(where) : namesNothing(only, mutants);
  const count = sample ?? (all || wanted.length <= MOST ? wanted.length : SAMPLE);
  return {
    mutants: count >= wanted.length ? wanted : drawn(wanted, count, seed),
    of: wanted.length,
  };
}

function nothingIn(where: string): HarnessError {
  return new HarnessError(
    `${where} has no rule to get wrong`,
    'Name a folder with rules: --stack DIR.',
  );
}

function namesNothing(only: string[], mutants: Mutant[]): HarnessError {
  const list = (names: string[]): string => [...new Set(names)].sort().join(', ');
  return new HarnessError(
    `--only ${only.join(', ')}: no mutant`,
    `It takes a rule by its name, a kind (${list(mutants.map(({ kind }) => kind))}) or a mistake: ` +
      `${list(mutants.map(({ operator }) => operator))}.`,
  );
}

function isNamed({ subject, operator, kind }: Mutant, name: string): boolean {
  return [operator, kind, subject].includes(name) || subject.endsWith(` ${name}`);
}

/** So many of them at random, in their order; the same for the same seed. */
function drawn<T>(all: T[], count: number, seed: number): T[] {
  const random = seededRandom(seed);
  const taken = new Set(
    all
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, count)
      .map(({ one }) => one),
  );
  return all.filter((one) => taken.has(one));
}
