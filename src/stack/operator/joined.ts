import type { Alertmanager, Route } from '../alertmanager.ts';
import { DEFAULT_TIMES } from '../alertmanager.ts';
import { inPlainForm } from './alertmanager-form.ts';

/** Who is told of what no AlertmanagerConfig takes: the root lies elsewhere, and so does he. */
const ELSEWHERE = 'told elsewhere';
/** What the configuration elsewhere surely has for receivers that leave it out. */
const GLOBAL = {
  smtp_smarthost: 'smtp.elsewhere.example:587',
  smtp_from: 'alerts@elsewhere.example',
  slack_api_url: 'https://slack.elsewhere.example/services/run',
  opsgenie_api_key: 'elsewhere',
  victorops_api_key: 'elsewhere',
};

/**
 * The Alertmanager that the operator makes of AlertmanagerConfigs (pkg/alertmanager/amcfg.go): the
 * route of each stands below the root, takes alerts of its own namespace, and lets others follow.
 * @returns undefined where none has a route
 */
export function joinedAlertmanager(partial: readonly Alertmanager[]): Alertmanager | undefined {
  const routed = partial.flatMap((one) => (one.route ? [{ ...one, route: one.route }] : []));
  const [first] = routed;
  if (!first) return undefined;
  const forms = routed.map(({ root }) => inPlainForm(root));
  const following = routed.map(({ route }): Route => ({ ...route, continue: true }));
  const config = {
    global: GLOBAL,
    route: {
      receiver: ELSEWHERE,
      routes: forms.map(({ route }, i) => ({
        ...route,
        matchers: following[i]?.matchers.map(
          ({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`,
        ),
        continue: true,
      })),
    },
    receivers: [
      { name: ELSEWHERE, webhook_configs: [{ url: 'http://told.elsewhere.example/' }] },
      ...forms.flatMap(({ receivers }) => receivers),
    ],
    inhibit_rules: forms.flatMap((form) => form.inhibit_rules),
    time_intervals: forms.flatMap((form) => form.time_intervals),
  };
  return {
    ...first,
    partial: false,
    made: config,
    route: {
      ...DEFAULT_TIMES,
      value: first.route.value,
      receiver: ELSEWHERE,
      matchers: [],
      unclear: false,
      continue: false,
      groupBy: [],
      groupedBy: [],
      muteTimeIntervals: [],
      activeTimeIntervals: [],
      routes: following,
    },
    receivers: routed.flatMap(({ receivers }) => receivers),
    inhibitions: routed.flatMap(({ inhibitions }) => inhibitions),
  };
}
