/**
 * Prometheus sends an alert again this often, unless a flag says otherwise
 * (cmd/prometheus/main.go).
 */
export const RESEND_DELAY_MS = 60_000;
/** Prometheus looks back this far for a sample, unless a flag says otherwise. */
export const LOOKBACK_DELTA_MS = 300_000;
/**
 * Prometheus's own limit below which a restored alert isn't pending again (cmd/prometheus/main.go).
 */
const FOR_GRACE_PERIOD_MS = 600_000;

/** Flags for the durations that Prometheus takes on its command line instead of in its files. */
export function prometheusFlags(speed: number): string[] {
  const ms = (real: number): string => `${Math.max(1, Math.round(real / speed))}ms`;
  return [
    `--rules.alert.resend-delay=${ms(RESEND_DELAY_MS)}`,
    `--query.lookback-delta=${ms(LOOKBACK_DELTA_MS)}`,
    `--rules.alert.for-grace-period=${ms(FOR_GRACE_PERIOD_MS)}`,
  ];
}
