import { totalmem } from 'node:os';

/** Where there is no more memory than this for all that runs, it is saved, and not time: bytes. */
const SCARCE_BYTES = 2 * 1024 ** 3;
/** Go's own traces would stand between its words. */
const QUIET = { GODEBUG: '' };

/**
 * Environment of promtool: where there is memory it collects garbage seldom, which saves a tenth of
 * its time and takes 120 MB more. Beside a run in 1.5 GiB it was those that k6 was killed for.
 * @param bytes what there is for all that runs: the machine's, or its share by a control group
 */
export function promtoolEnvironment(
  bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity),
): Record<string, string> {
  return bytes > SCARCE_BYTES
    ? { ...QUIET, GOGC: '400', GOMEMLIMIT: '192MiB' }
    : { ...QUIET, GOGC: '100', GOMEMLIMIT: '64MiB' };
}
