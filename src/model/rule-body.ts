/** A rule as it stands in a rule file, durations as they are written there. */
export interface RuleBody {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
