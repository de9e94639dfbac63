/** A limit as a contract states it: `> 0.8`, `<= 3`. */
export const LIMIT = /^(>=?|<=?)\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/;
