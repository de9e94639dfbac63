import { HarnessError } from '../../lib/errors.ts';
import { seededRandom } from '../../lib/random.ts';
import type { Mutant } from '../../model/mutation.ts';

/** Which mutants are judged. */
export interface Choice {
  /** Subjects, kinds or ways of getting it wrong, by their names; none: all. */
  only: string[];
  /** How many are drawn; undefined: all. */
  sample?: number;
  seed: number;
}

/**
 * The mutants that are asked for, in their order.
 * @throws HarnessError when there are none
 */
export function chosen<T extends Mutant>(mutants: T[], { only, sample, seed }: Choice): T[] {
  const wanted = mutants.filter(
    (mutant) => only.length === 0 || only.some((n) => isNamed(mutant, n)),
  );
  if (wanted.length === 0)
    throw new HarnessError(
      only.length === 0 ? 'there is no rule to get wrong' : `--only ${only.join(', ')}: no mutant`,
      'Name a folder with rules; --only takes names of rules, or of mistakes as the tables show them.',
    );
  return sample === undefined || sample >= wanted.length ? wanted : drawn(wanted, sample, seed);
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
