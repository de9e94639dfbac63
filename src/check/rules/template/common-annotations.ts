import { allRoutes } from '../../../alertmanager/routing.ts';
import type { Receiver, Route } from '../../../stack/alertmanager.ts';
import type { Rule as PrometheusRule } from '../../../stack/rules.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

const COMMON = /\.CommonAnnotations(?:\.|\s+["`])(\w+)/;

export const commonAnnotations: Rule = {
  id: 'template/common-annotations',
  level: 'advice',
  title: 'An annotation that the alerts of a group do not have in common',
  why:
    '`CommonAnnotations` holds what is the same in all alerts of a message. Where several ' +
    'come together their texts differ, and the message is empty.',
  mend: 'Go over the alerts: `{{ range .Alerts }}{{ .Annotations.summary }}{{ end }}`.',
  check: ({ alertmanagers, rules }, say) => {
    const alerts = rules.filter(({ kind }) => kind === 'alert');
    for (const { route, receivers } of alertmanagers)
      for (const receiver of receivers) {
        const leading = route ? allRoutes(route).filter((r) => r.receiver === receiver.name) : [];
        for (const { value, name, from, to } of usesIn(receiver))
          if (leading.some((one) => differs(alerts, name, one)))
            say(
              value.within(from, to),
              `\`CommonAnnotations.${name}\` is empty as soon as two alerts come together`,
              { subject: `receiver ${receiver.name}` },
            );
      }
  },
};

function usesIn({ value }: Receiver): { value: Value; name: string; from: number; to: number }[] {
  const found: { value: Value; name: string; from: number; to: number }[] = [];
  eachScalar(value.node, (scalar) => {
    const use = typeof scalar.value === 'string' ? COMMON.exec(scalar.value) : null;
    if (use)
      found.push({
        value: new Value(value.file, scalar),
        name: use[1] ?? '',
        from: use.index,
        to: use.index + use[0].length,
      });
  });
  return found;
}

/**
 * Whether a group of this route may hold alerts whose annotation differs: of several rules, or
 * filled in by labels.
 */
function differs(alerts: PrometheusRule[], name: string, { groupedBy }: Route): boolean {
  if (groupedBy.includes('...')) return false;
  const texts = alerts.flatMap((alert) => alert.annotations.get(name)?.text ?? []);
  const labels = texts.flatMap((text) =>
    [...text.matchAll(/(?:\$labels|\.Labels)\.(\w+)/g)].map(([, label]) => label ?? ''),
  );
  const several = new Set(texts).size > 1 && !groupedBy.includes('alertname');
  return several || labels.some((label) => !groupedBy.includes(label));
}
