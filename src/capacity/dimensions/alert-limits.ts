import type { InputProblem } from '../../lib/errors.ts';
import { limitOf, quantileOf } from '../../promql/limit.ts';
import type { Limit } from '../../model/dimension.ts';
import type { FigureName } from '../../model/figures.ts';
import type { AlertRule, Spec } from '../../model/spec.ts';

const FIGURE_OF_QUANTILE: Record<string, FigureName> = {
  '0.5': 'latencyP50Seconds',
  '0.95': 'latencyP95Seconds',
  '0.99': 'latencyP99Seconds',
  '0.999': 'latencyP999Seconds',
};

/**
 * The alerts' own limits as limits of each service: what is provoked by slow answers limits the
 * response time, what is provoked by errors their share. Read from the rule files, so that the
 * answer is when the alert would fire.
 * @param problems gets what can't be read, with its place
 */
export function alertLimits(spec: Spec, services: string[], problems: InputProblem[]): Limit[] {
  const rules = new Map(
    spec.prometheus.ruleGroups.flatMap((group) => group.rules).map((rule) => [rule.alert, rule]),
  );
  const provokedBy = (kind: 'request-latency' | 'request-errors'): AlertRule[] =>
    spec.contract.alerts
      .filter((alert) => alert.stimulus.kind === kind)
      .flatMap((alert) => rules.get(alert.name) ?? []);
  const read = (
    rule: AlertRule,
    figure: FigureName | undefined,
    what: string,
  ): { rule: AlertRule; figure: FigureName; value: number; what: string }[] => {
    const limit = limitOf(rule.expr);
    if (figure !== undefined && limit !== undefined && limit.operator.startsWith('>'))
      return [{ rule, figure, value: limit.value, what }];
    problems.push({
      source: rule.exprSource,
      message: `the limit of ${rule.alert} can't be read from its expression`,
      expected:
        figure === undefined
          ? `a histogram_quantile of ${Object.keys(FIGURE_OF_QUANTILE).join(', ')} compared with a number`
          : 'a comparison with a number, such as `… > 0.05`',
    });
    return [];
  };
  const limits = [
    ...provokedBy('request-latency').flatMap((rule) =>
      read(
        rule,
        FIGURE_OF_QUANTILE[String(quantileOf(rule.expr))],
        `p${(quantileOf(rule.expr) ?? 0) * 100}`,
      ),
    ),
    ...provokedBy('request-errors').flatMap((rule) => read(rule, 'errorShare', 'errors')),
  ];
  return services.flatMap((service) =>
    limits.map(({ rule, figure, value, what }): Limit => ({
      title: `${what} of ${service}`,
      figure,
      part: service,
      bound: 'at most',
      value,
      alert: rule.alert,
      source: rule.source,
    })),
  );
}
