import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';
import { isFilledIn } from '../../schemas/scalars.ts';

/** Where Slack takes messages of a bot (notify/slack, `PostMessageURL`). */
const BOT_URL = 'https://slack.com/api/chat.postMessage';

/** What a webhook can't do: it doesn't know what it has sent. */
const BOT_ONLY = ['update_message', 'post_updates_to_thread'];

const TOKENS = ['app_token', 'app_token_file'];

export const slackBot: Rule = {
  id: 'config/slack-bot',
  level: 'error',
  title: "A bot's message sent to a webhook",
  why: 'Alertmanager refuses its whole configuration.',
  mend: `Give a bot's token (\`app_token\`), without an \`api_url\` but ${BOT_URL}.`,
  check: ({ alertmanagers }, say) => {
    for (const { root } of alertmanagers.filter(({ partial }) => !partial)) {
      const global = root.get('global');
      const token = firstOf(
        global,
        TOKENS.map((key) => `slack_${key}`),
      );
      const url = firstOf(global, ['slack_api_url', 'slack_api_url_file']);
      if (token && url && isWebhook(url))
        say(url.keyPlace, 'a bot and a webhook for all of Slack: only one of them may be set');
      for (const slack of root
        .get('receivers')
        .items()
        .flatMap((receiver) => receiver.get('slack_configs').items())) {
        const own = firstOf(slack, ['api_url', 'api_url_file']);
        const hasToken = firstOf(slack, TOKENS) ?? token;
        const to = own ?? (hasToken ? undefined : url);
        for (const key of BOT_ONLY)
          if (slack.get(key).raw === true && to && isWebhook(to))
            say(slack.get(key).keyPlace, `\`${key}\` wants a bot's token, and this is a webhook`);
      }
    }
  },
};

function firstOf(holder: Value, keys: string[]): Value | undefined {
  return keys.map((key) => holder.get(key)).find((value) => value.exists);
}

/** Whether an address, or a file that holds one, is that of a webhook. */
function isWebhook(value: Value): boolean {
  const text = value.text() ?? '';
  return text !== BOT_URL && !isFilledIn(text);
}
