/** What `/api/v1/rules` answers of a group. */
export interface GroupAnswer {
  name: string;
  file: string;
  interval: number;
  lastEvaluation: string;
  evaluationTime: number;
  rules: RuleAnswer[];
}

interface RuleAnswer {
  name: string;
  type: 'alerting' | 'recording';
  query: string;
  labels?: Record<string, string>;
  state?: AlertRuleState['state'];
  health: string;
  lastError?: string;
  alerts?: {
    labels: Record<string, string>;
    state: 'pending' | 'firing';
    activeAt: string;
    value: string;
  }[];
}

/** A rule group as Prometheus has it. */
export interface RuleGroupState {
  /** Path of its file, as Prometheus has it. */
  file: string;
  name: string;
  intervalMs: number;
  /**
   * The wall clock when its last evaluation began, epoch ms: a little after the time it was made
   * for. null: it was never evaluated.
   */
  lastEvaluationMs: number | null;
  lastDurationMs: number;
  /** Names of its alerts. */
  alerts: string[];
}

/** An alert rule as Prometheus has it. */
export interface AlertRuleState {
  /** Path of its file, as Prometheus has it. */
  file: string;
  group: string;
  name: string;
  query: string;
  /** As written in the rule: values may be templates. */
  labels: Record<string, string>;
  state: 'inactive' | 'pending' | 'firing';
  /** `ok`, `err`, `unknown`; and why its last evaluation failed. */
  health: string;
  lastError: string;
  instances: {
    labels: Record<string, string>;
    state: 'pending' | 'firing';
    activeAtMs: number;
    value: string;
  }[];
}

/** Prometheus's answer in the harness's own units. */
export function groupStateOf(answer: GroupAnswer): RuleGroupState {
  return {
    file: answer.file,
    name: answer.name,
    intervalMs: Math.round(answer.interval * 1000),
    lastEvaluationMs: momentOf(answer.lastEvaluation),
    lastDurationMs: answer.evaluationTime * 1000,
    alerts: answer.rules.filter(({ type }) => type === 'alerting').map(({ name }) => name),
  };
}

/** What never was is told as Go's zero time, in the year 1. */
function momentOf(text: string): number | null {
  const ms = Date.parse(text);
  return ms > 0 ? ms : null;
}

/** The alert rules of a group, in their order. */
export function alertRulesOf({ file, name: group, rules }: GroupAnswer): AlertRuleState[] {
  return rules.map((rule) => ({
    ...{ file, group, name: rule.name, query: rule.query, health: rule.health },
    labels: rule.labels ?? {},
    state: rule.state ?? 'inactive',
    lastError: rule.lastError ?? '',
    instances: (rule.alerts ?? []).map(({ labels, state, activeAt, value }) => ({
      ...{ labels, state, value },
      activeAtMs: Date.parse(activeAt),
    })),
  }));
}
