import type { GrafanaRule } from '../../../model/grafana-evidence.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { NO_ANSWER, bad, errorOf, good, open } from './context.ts';
import type { GrafanaContext, Subject } from './context.ts';

type Evaluated = Subject<'grafana-evaluates'>;

/** States of a rule in which somebody is told. */
const LOUD = ['firing', 'recovering'];
/** What Grafana says of a rule whose last evaluation failed or found no series. */
const UNHEALTHY = ['error', 'err', 'nodata'];

/**
 * Grafana's own alert rules are evaluated without error, and none fires. One that is pending was
 * breached when it was looked at last: in a run components are stopped for moments, and what is
 * breached for good has become firing long since.
 */
export function evaluatesRules({ plan, grafana }: GrafanaContext): Verdict[] {
  const { rules } = grafana;
  return plan.grafanaRules.map(({ title, source }) => {
    const subject: Evaluated = { name: `alert ${title}`, kind: 'grafana-evaluates', source };
    if (!rules) return open(subject, errorOf(grafana, 'alert rules'), NO_ANSWER);
    const rule = rules.find((one) => one.title === title);
    return rule ? verdictOn(subject, rule) : missing(subject, title, rules);
  });
}

function missing(subject: Evaluated, title: string, rules: GrafanaRule[]): Verdict {
  return bad(subject, 'grafana-alert-unhealthy', {
    title: `Grafana has no alert rule ${title}`,
    expected: 'the rule of the file',
    seen: rules.length === 0 ? 'no rule at all' : rules.map((rule) => rule.title).join(', '),
    likelyCause:
      'The provisioning folder is not mounted, or its file is refused: logs/grafana.log says why.',
  });
}

function verdictOn(subject: Evaluated, rule: GrafanaRule): Verdict {
  if (rule.lastError !== '' || UNHEALTHY.includes(rule.health))
    return bad(subject, 'grafana-alert-unhealthy', {
      title: `Grafana can't evaluate ${rule.title}`,
      expected: 'health ok',
      seen: `health ${rule.health}: ${rule.lastError || 'no reason given'}`,
      likelyCause:
        'Its query is refused, its data source is not there or not reached, or an expression ' +
        'names a refId that the rule does not have.',
    });
  if (LOUD.includes(rule.state))
    return bad(subject, 'grafana-alert-fires', {
      title: `${rule.title} fires although all is well`,
      expected: 'inactive',
      seen: rule.state,
      likelyCause:
        'Its query asks for a metric that nobody exports, or its threshold is turned round.',
    });
  if (rule.evaluatedAt === null)
    return open(
      subject,
      `health ${rule.health || 'unknown'}, never evaluated`,
      'The run was shorter than the interval of the rule, or Grafana came up late.',
    );
  return good(subject, `${rule.state}, health ${rule.health}`);
}
