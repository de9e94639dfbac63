import { onlyWithout } from '../../lib/only-without.ts';
import type { PlannedAlert } from './alerts.ts';

/** Which alerts were proved on series alone that lack what one side of them groups by. */
export function lackingNotes(alerts: readonly Pick<PlannedAlert, 'recipe'>[]): string[] {
  return alerts.flatMap(({ recipe: { alert, lacking } }) =>
    lacking ? [`of ${alert.name}: ${onlyWithout(lacking)}`] : [],
  );
}
