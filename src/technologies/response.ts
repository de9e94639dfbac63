/**
 * How long opening all the connections, or putting all the objects, takes on two busy cores, run
 * ms.
 */
export const MANY_ACTS_MS = 400;
