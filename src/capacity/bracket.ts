import type { InvalidReason, StepReason } from '../model/capacity-step.ts';

/** A finished step, as far as the search needs it. */
export interface Tried {
  repetition: number;
  load: number;
  reason: StepReason;
  outcome: 'holds' | 'breaks' | 'invalid';
  /** Of an invalid step. */
  why?: InvalidReason;
}

/** What is known of one load after all of its steps. */
export interface LoadState {
  load: number;
  holds: number;
  breaks: number;
  /** Invalid steps since, by reason: those in which the generator was the limit, and all others. */
  generator: number;
  invalid: number;
  lastWhy: InvalidReason | null;
}

/** Where one repetition of the search stands. */
export interface Bracket {
  /** Highest load that held, below `breaks`; null when none did. */
  holds: number | null;
  /** Lowest load that broke, or that the generator couldn't send. */
  ceiling: LoadState | null;
  /** Whether `ceiling` is the generator's, not the subject's. */
  byGenerator: boolean;
  /** A load above the ceiling that held all the same. */
  contradiction: number | null;
  /** A load whose steps contradict each other evenly. */
  open: number | null;
}

/** Adds a repetition's steps up by load, in ascending order. */
export function byLoad(tried: readonly Tried[]): LoadState[] {
  const states = new Map<number, LoadState>();
  for (const { load, outcome, why } of tried) {
    const state = states.get(load) ?? {
      load,
      holds: 0,
      breaks: 0,
      generator: 0,
      invalid: 0,
      lastWhy: null,
    };
    states.set(load, state);
    if (outcome === 'holds') state.holds++;
    else if (outcome === 'breaks') state.breaks++;
    else {
      if (why === 'generator') state.generator++;
      else state.invalid++;
      state.lastWhy = why ?? null;
    }
  }
  return [...states.values()].sort((a, b) => a.load - b.load);
}

/**
 * The bracket around the saturation point that a repetition's steps make. The majority of a load's
 * valid steps counts.
 */
export function bracketOf(states: LoadState[], generatorTwice: number): Bracket {
  const broke = (state: LoadState): boolean => state.breaks > state.holds;
  const cannotBeSent = (state: LoadState): boolean =>
    state.holds === 0 && state.breaks === 0 && state.generator >= generatorTwice;
  const ceiling = states.find((state) => broke(state) || cannotBeSent(state)) ?? null;
  const held = states.filter((state) => state.holds > state.breaks).map(({ load }) => load);
  const below = held.filter((load) => !ceiling || load < ceiling.load);
  return {
    holds: below.at(-1) ?? null,
    ceiling,
    byGenerator: ceiling !== null && !broke(ceiling),
    contradiction:
      ceiling && broke(ceiling) ? (held.find((load) => load > ceiling.load) ?? null) : null,
    open: states.find((state) => state.holds > 0 && state.holds === state.breaks)?.load ?? null,
  };
}
