/**
 * Environment of a short-lived Go program: it collects garbage less often, as long as there is
 * little, which saves a third of promtool's time.
 */
export const COLLECTS_SELDOM = { GOGC: '400', GOMEMLIMIT: '192MiB' };
