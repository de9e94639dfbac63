/**
 * What a k6 process costs with `scenarios/distributed.ts`, measured (docs/capacity-distributed.md).
 */
const COST = {
  /**
   * CPU for one request, s: the request itself takes 0.12 ms, counting its answer by route, status
   * and time the rest.
   */
  cpuSecondsPerRequest: 0.000_3,
  memoryBytes: 80 * 1024 ** 2,
  memoryBytesPerVirtualUser: 0.4 * 1024 ** 2,
};
/** Above this share of its cores a generator begins to be late, and measures itself. */
const MOST_CPU = 0.7;
/** Over what Little's law asks for, so that a slow moment drops nothing. */
const VIRTUAL_USERS_OVER = 1.4;

/** How a load is spread. */
export interface Size {
  parts: number;
  /** All parts together, a multiple of them. */
  virtualUsers: number;
  /** Of one part. */
  cpuCores: number;
  memoryBytes: number;
}

/**
 * How many k6 processes a load takes, and what each needs.
 * Virtual users by Little's law: rate × time of an answer; a multiple of the parts, since k6
 * spreads an arrival rate over its segments as it spreads the virtual users.
 *
 * @param ratePerSecond all parts together
 * @param answerSeconds how long the answers take that the virtual users must still suffice for
 * @param coresPerPart cores that one process may use
 * @param parts asked for; else as many as the CPU demands
 */
export function sizeOf(
  ratePerSecond: number,
  answerSeconds: number,
  coresPerPart: number,
  parts?: number,
): Size {
  const cores = ratePerSecond * COST.cpuSecondsPerRequest;
  const chosen = parts ?? Math.max(1, Math.ceil(cores / (coresPerPart * MOST_CPU)));
  const perPart = Math.max(
    1,
    Math.ceil((ratePerSecond * answerSeconds * VIRTUAL_USERS_OVER) / chosen),
  );
  return {
    parts: chosen,
    virtualUsers: perPart * chosen,
    cpuCores: coresPerPart,
    memoryBytes: COST.memoryBytes + perPart * COST.memoryBytesPerVirtualUser,
  };
}

/** Share of its cores that each part will use; over {@link MOST_CPU} it is its own limit. */
export function cpuShare(
  ratePerSecond: number,
  { parts, cpuCores }: Size,
): { share: number; most: number } {
  return {
    share: (ratePerSecond * COST.cpuSecondsPerRequest) / (parts * cpuCores),
    most: MOST_CPU,
  };
}
