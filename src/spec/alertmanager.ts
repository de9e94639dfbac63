import { z } from 'zod';
import { formatMatcher } from '../alertmanager/matchers.ts';
import type { Alertmanager } from '../stack/alertmanager.ts';
import type { AlertmanagerSpec, Integration, ReceiverSpec } from '../model/spec.ts';
import { readRoute } from './alertmanager-route.ts';
import { checkMatchers, matcherLists } from './matchers.ts';
import { name, openList, openMap, strict } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Known to Alertmanager 0.33, not read by the harness. */
const OTHERS = {
  top: 'templates mute_time_intervals time_intervals tracing event_recorder',
  global:
    'resolve_timeout http_config smtp_from smtp_hello smtp_smarthost smtp_auth_username ' +
    'smtp_auth_password smtp_auth_password_file smtp_auth_secret smtp_auth_secret_file ' +
    'smtp_auth_identity smtp_require_tls smtp_tls_config smtp_force_implicit_tls ' +
    'slack_api_url slack_api_url_file slack_app_token slack_app_token_file slack_app_url ' +
    'pagerduty_url opsgenie_api_url opsgenie_api_key opsgenie_api_key_file wechat_api_url ' +
    'wechat_api_secret wechat_api_secret_file wechat_api_corp_id ' +
    'victorops_api_url victorops_api_key victorops_api_key_file telegram_api_url ' +
    'telegram_bot_token telegram_bot_token_file webex_api_url rocketchat_api_url ' +
    'rocketchat_token rocketchat_token_file rocketchat_token_id rocketchat_token_id_file ' +
    'jira_api_url mattermost_webhook_url mattermost_webhook_url_file',
  slack:
    'api_url api_url_file app_token app_token_file app_url channel username color title ' +
    'title_link pretext text fields short_fields footer fallback callback_id icon_emoji ' +
    'icon_url image_url thumb_url link_names mrkdwn_in actions http_config timeout ' +
    'message_text update_message',
  email:
    'to from hello smarthost auth_username auth_password auth_password_file auth_secret ' +
    'auth_secret_file auth_identity headers html text require_tls tls_config ' +
    'force_implicit_tls threading',
  webhook: 'url url_file http_config max_alerts timeout payload',
  receiver:
    'pagerduty_configs opsgenie_configs pushover_configs victorops_configs sns_configs ' +
    'telegram_configs webex_configs msteams_configs msteamsv2_configs discord_configs ' +
    'wechat_configs jira_configs rocketchat_configs incidentio_configs mattermost_configs',
};
const KINDS = ['slack', 'email', 'webhook'] as const;
const sendResolved = { send_resolved: z.boolean().optional() };
const integrationSchema = {
  slack: strict(sendResolved, OTHERS.slack),
  email: strict(sendResolved, OTHERS.email),
  webhook: strict(sendResolved, OTHERS.webhook),
};

const fileSchema = strict(
  {
    global: strict({}, OTHERS.global).optional(),
    route: openMap,
    receivers: openList,
    inhibit_rules: openList.optional(),
  },
  OTHERS.top,
);
const receiverSchema = strict(
  {
    name,
    slack_configs: openList.optional(),
    email_configs: openList.optional(),
    webhook_configs: openList.optional(),
  },
  OTHERS.receiver,
);
const inhibitSchema = strict(
  { ...matcherLists('source'), ...matcherLists('target'), equal: z.array(name).default([]) },
  'name sources',
);

/** alertmanager.yml as far as it could be read. */
export interface AlertmanagerDraft {
  /** Without the receivers and inhibition rules that are wrong. */
  spec: AlertmanagerSpec;
  /** Names of all receivers, wrong ones too; undefined when they can't be read. */
  receiverNames: string[] | undefined;
  source: YamlSource;
}

/**
 * alertmanager.yml, held against its schema; every route with the values that it inherits as the
 * reader of stacks fills them in, real-time ms. What is wrong is added to the source's problems.
 */
export function readAlertmanager(source: YamlSource, read: Alertmanager): AlertmanagerDraft {
  source.check(fileSchema, []);
  const receiverNames = Array.isArray(source.get(['receivers']))
    ? read.receivers.map(({ name: own }) => own).filter((own) => own !== '')
    : undefined;
  return {
    source,
    receiverNames,
    spec: {
      file: source.file,
      receivers: readReceivers(source, read),
      route: readRoute(source, read.route, receiverNames),
      inhibitRules: source.entries(['inhibit_rules']).flatMap((path) => {
        const rule = source.check(inhibitSchema, path);
        const inhibition = read.inhibitions.find((one) => source.isAt(path, one.value));
        if (!rule || !inhibition) return [];
        checkMatchers(source, path, 'source_');
        checkMatchers(source, path, 'target_');
        return [
          {
            sourceMatchers: inhibition.source.map(formatMatcher),
            targetMatchers: inhibition.target.map(formatMatcher),
            equal: rule.equal,
            source: source.at(path),
          },
        ];
      }),
    },
  };
}

function readReceivers(source: YamlSource, read: Alertmanager): ReceiverSpec[] {
  return source.entries(['receivers']).flatMap((path, i, all): ReceiverSpec[] => {
    const receiver = source.check(receiverSchema, path);
    const integrations = KINDS.flatMap((kind) =>
      source
        .entries([...path, `${kind}_configs`])
        .flatMap((at) => readIntegration(source, kind, at, read)),
    );
    if (!receiver) return [];
    if (all.slice(0, i).some((other) => source.get([...other, 'name']) === receiver.name))
      source.say(
        [...path, 'name'],
        `the receiver \`${receiver.name}\` stands twice`,
        'one receiver of this name',
      );
    return [{ name: receiver.name, integrations, source: source.at(path) }];
  });
}

function readIntegration(
  source: YamlSource,
  kind: (typeof KINDS)[number],
  path: Path,
  read: Alertmanager,
): Integration[] {
  const isFine = source.check(integrationSchema[kind], path) !== undefined;
  const integration = read.receivers
    .flatMap((receiver) => receiver.integrations)
    .find((one) => source.isAt(path, one.value));
  return isFine && integration
    ? [{ kind, sendResolved: integration.sendResolved, source: source.at(path) }]
    : [];
}
