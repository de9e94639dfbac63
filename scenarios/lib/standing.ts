import { Trend } from 'k6/metrics';

/** By how much later than the one before it an iteration began, where it is much, ms. */
const stoodMs = new Trend('stood_ms');
/** Below this it is scheduling: a window's rate hardly tells of it, ms. */
const STOOD_MS = 250;
/** Of this virtual user. */
let lateBeforeMs = 0;

/**
 * Puts down that k6 stood still: in the slot in which an iteration was due, and in the one in which
 * it is made up for. What was dropped meanwhile keeps all that follow late: only what is later than
 * this virtual user's last one counts.
 * @param lateMs how late this iteration begins
 * @param slotOf the slot of so many ms ago
 */
export function noteStanding(
  service: string,
  lateMs: number,
  slotOf: (agoMs: number) => number,
): void {
  const stood = lateMs - lateBeforeMs;
  lateBeforeMs = lateMs;
  if (stood <= STOOD_MS) return;
  for (const agoMs of [lateMs, 0]) stoodMs.add(stood, { service, slot: String(slotOf(agoMs)) });
}
