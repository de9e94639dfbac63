import { collide } from '../technologies/resources.ts';
import type { Resource } from '../technologies/resources.ts';

/** What a track takes, and until when; the stack's own time. */
export interface Taken {
  track: string;
  resources: Resource[];
  /**
   * When nothing that it made happen is active any more; people may still have to be told of the
   * end.
   */
  inactiveMs: number;
  /** When it is over, but for what it brought with it. */
  endMs: number;
  /** When that is over, too. */
  untilMs: number;
}

/**
 * The moment from which resources are free, and the track that has them until then; null when
 * nobody has.
 */
export interface Free {
  atMs: number;
  after: string | null;
}

/** When all of these resources are free for another stimulus. */
export function freeAt(taken: Taken[], resources: Resource[], until: Moment = 'untilMs'): Free {
  const inTheWay = taken.filter((one) =>
    one.resources.some((theirs) => resources.some((ours) => collide(theirs, ours))),
  );
  return latest(inTheWay, until);
}

/** When everything that was placed is over. */
export function allFreeAt(taken: Taken[], until: Moment = 'untilMs'): Free {
  return latest(taken, until);
}

type Moment = 'inactiveMs' | 'endMs' | 'untilMs';

function latest(taken: Taken[], until: Moment): Free {
  return taken.reduce<Free>(
    (free, one) =>
      free.after !== null && free.atMs >= one[until]
        ? free
        : { atMs: one[until], after: one.track },
    { atMs: 0, after: null },
  );
}
