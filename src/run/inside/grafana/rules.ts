import type { GrafanaRule } from '../../../model/grafana-evidence.ts';

/** What Grafana answers of its own rules, in Prometheus's form. */
export interface RulesAnswer {
  data?: { groups?: { rules?: RuleAnswer[] }[] };
}

interface RuleAnswer {
  name?: string;
  type?: string;
  state?: string;
  health?: string;
  lastError?: string;
  lastEvaluation?: string;
  alerts?: AlertAnswer[] | null;
}

/** Of a rule: its alert instances, with the state that its own pages show. */
interface AlertAnswer {
  state?: string;
  annotations?: { Error?: string };
}

/** State and health of each alert rule. */
export function rulesOf({ data }: RulesAnswer): GrafanaRule[] {
  return (data?.groups ?? [])
    .flatMap((group) => group.rules ?? [])
    .filter((rule) => rule.type !== 'recording')
    .map(({ name = '', state = '', health = '', lastError = '', lastEvaluation = '', alerts }) => {
      // Go's zero time, in the year 1, is never.
      const evaluatedAt = Date.parse(lastEvaluation);
      return {
        title: name,
        state,
        ...healthOf(health, lastError, alerts ?? []),
        evaluatedAt: evaluatedAt > 0 ? evaluatedAt : null,
      };
    });
}

/**
 * Whether a rule could be evaluated. Where an error keeps the last state
 * (`execErrState: KeepLast`), Grafana calls the rule healthy and inactive; only the state of its
 * instance says "Normal (Error)".
 */
function healthOf(
  health: string,
  lastError: string,
  alerts: AlertAnswer[],
): { health: string; lastError: string } {
  const failed = alerts.find(
    ({ state, annotations }) => /\(Error\)/.test(state ?? '') || (annotations?.Error ?? '') !== '',
  );
  if (!failed) return { health, lastError };
  const said = failed.annotations?.Error ?? '';
  return { health: 'error', lastError: lastError || said || `its state is ${failed.state ?? ''}` };
}
