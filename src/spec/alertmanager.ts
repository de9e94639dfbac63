import { z } from 'zod';
import type { AlertmanagerSpec, Integration, Route } from '../model/spec.ts';
import { duration, strict } from './schema.ts';
import type { YamlSource } from './yaml-source.ts';

/** Alertmanager's defaults (config/config.go, `DefaultRouteOpts`). */
const DEFAULTS = { groupWaitMs: 30_000, groupIntervalMs: 300_000, repeatIntervalMs: 14_400_000 };
/** Known to Alertmanager 0.33, not read by the harness. */
const OTHERS = {
  global: 'resolve_timeout http_config smtp_from smtp_hello smtp_smarthost smtp_auth_username smtp_auth_password smtp_auth_password_file smtp_auth_secret smtp_auth_secret_file smtp_auth_identity smtp_require_tls smtp_tls_config smtp_force_implicit_tls slack_api_url slack_api_url_file slack_app_token slack_app_token_file slack_app_url pagerduty_url opsgenie_api_url opsgenie_api_key opsgenie_api_key_file wechat_api_url wechat_api_secret wechat_api_corp_id victorops_api_url victorops_api_key telegram_api_url webex_api_url rocketchat_api_url rocketchat_token jira_api_url',
  top: 'templates mute_time_intervals time_intervals tracing',
  slack: 'api_url api_url_file app_token app_token_file app_url channel username color title title_link pretext text fields short_fields footer fallback callback_id icon_emoji icon_url image_url thumb_url link_names mrkdwn_in actions http_config timeout message_text update_message',
  email: 'to from hello smarthost auth_username auth_password auth_password_file auth_secret auth_secret_file auth_identity headers html text require_tls tls_config force_implicit_tls threading',
  webhook: 'url url_file http_config max_alerts timeout payload',
  receivers: 'pagerduty_configs opsgenie_configs pushover_configs victorops_configs sns_configs telegram_configs webex_configs msteams_configs msteamsv2_configs discord_configs wechat_configs jira_configs rocketchat_configs incidentio_configs mattermost_configs',
};

/** `send_resolved` unless said: e-mail and Slack no, webhook yes (config/notifiers.go). */
const integration = (others: string, sendResolved: boolean): z.ZodType<{ send_resolved: boolean }> => strict({ send_resolved: z.boolean().default(sendResolved) }, others) as never;
const receiver = strict({ name: z.string().min(1), slack_configs: z.array(integration(OTHERS.slack, false)).default([]), email_configs: z.array(integration(OTHERS.email, false)).default([]), webhook_configs: z.array(integration(OTHERS.webhook, true)).default([]) }, OTHERS.receivers);

interface RawRoute {
  receiver?: string | undefined;
  group_by?: string[] | undefined;
  group_wait?: number | undefined;
  group_interval?: number | undefined;
  repeat_interval?: number | undefined;
  matchers?: string[] | undefined;
  continue?: boolean | undefined;
  routes?: RawRoute[] | undefined;
}
const route: z.ZodType<RawRoute> = z.lazy(() => strict({ receiver: z.string().optional(), group_by: z.array(z.string()).optional(), group_wait: duration.optional(), group_interval: duration.optional(), repeat_interval: duration.optional(), matchers: z.array(z.string()).optional(), continue: z.boolean().optional(), routes: z.array(route).optional() }, 'match match_re mute_time_intervals active_time_intervals')) as never;

const inhibit = strict({ source_matchers: z.array(z.string()).default([]), target_matchers: z.array(z.string()).default([]), equal: z.array(z.string()).default([]) }, 'name source_match source_match_re target_match target_match_re sources');
const schema = strict({ global: strict({}, OTHERS.global).optional(), route, receivers: z.array(receiver), inhibit_rules: z.array(inhibit).default([]) }, OTHERS.top);

/** alertmanager.yml, normalised: every route with the values that it inherits. */
export function readAlertmanager(source: YamlSource): AlertmanagerSpec | undefined {
  const raw = source.parse(schema);
  if (!raw) return undefined;
  const integrations = (list: { send_resolved: boolean }[], kind: Integration['kind'], i: number): Integration[] => list.map((c, j) => ({ kind, sendResolved: c.send_resolved, source: source.at(['receivers', i, `${kind}_configs`, j]) }));
  const receivers = raw.receivers.map((r, i) => ({ name: r.name, integrations: [...integrations(r.slack_configs, 'slack', i), ...integrations(r.email_configs, 'email', i), ...integrations(r.webhook_configs, 'webhook', i)], source: source.at(['receivers', i]) }));
  const inherit = (r: RawRoute, parent: Omit<Route, 'routes' | 'matchers' | 'continue' | 'source'>, path: (string | number)[]): Route => {
    const own = { receiver: r.receiver ?? parent.receiver, groupBy: r.group_by ?? parent.groupBy, groupWaitMs: r.group_wait ?? parent.groupWaitMs, groupIntervalMs: r.group_interval ?? parent.groupIntervalMs, repeatIntervalMs: r.repeat_interval ?? parent.repeatIntervalMs };
    if (!receivers.some((known) => known.name === own.receiver)) source.problems.push({ source: source.at([...path, 'receiver']), message: own.receiver === '' ? 'the route has no receiver' : `the receiver \`${own.receiver}\` doesn't exist`, expected: `one of: ${receivers.map((known) => known.name).join(', ')}` });
    return { ...own, matchers: r.matchers ?? [], continue: r.continue ?? false, source: source.at(path), routes: (r.routes ?? []).map((child, i) => inherit(child, own, [...path, 'routes', i])) };
  };
  return {
    file: source.file,
    receivers,
    route: inherit(raw.route, { receiver: '', groupBy: [], ...DEFAULTS }, ['route']),
    inhibitRules: raw.inhibit_rules.map((rule, i) => ({ sourceMatchers: rule.source_matchers, targetMatchers: rule.target_matchers, equal: rule.equal, source: source.at(['inhibit_rules', i]) })),
  };
}
