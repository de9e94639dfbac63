import type { PlacedMatcher } from '../../stack/alertmanager.ts';
import { USUAL_SEVERITIES } from '../../stack/alerts.ts';

/** Matchers as one writes them. */
export function matchersText(matchers: PlacedMatcher[]): string {
  return matchers.map((m) => `${m.label}${m.op}"${m.value}"`).join(', ');
}

/** A route for one of the severities that everybody has stands there for alerts to come. */
export function isUsual({ label, value }: PlacedMatcher): boolean {
  return label === 'severity' && value.split('|').every((one) => USUAL_SEVERITIES.includes(one));
}
