/** What counts, and what there are so many bytes of. */
const COUNTED = /_(total|count|bucket|bytes)$|^up$/;
/**
 * A limit that isn't set is -1 for the JVM, room that is reserved counts below zero, and what lies
 * between two lies on either side.
 */
const NEGATIVE =
  /(max|limit|filesystem_(avail|free)).*_bytes$|(^|_)(balance|change|delta|diff|difference|drift|lag|offset|profit)_/i;
/** Of these a limit that isn't set is 0, or isn't there. */
const UNSIGNED = /^(container|kube)_/;

/** Whether a metric's name says that it never falls below 0. */
export function isNeverNegative(name: string): boolean {
  return COUNTED.test(name) && (UNSIGNED.test(name) || !NEGATIVE.test(name));
}
