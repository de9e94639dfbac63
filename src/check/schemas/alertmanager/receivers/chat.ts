import { httpConfig } from '../../http-client.ts';
import { all, eitherOf } from '../../shape.ts';
import type { Fields } from '../../shape.ts';

/** A pair of texts shown side by side. */
const field: Fields = {
  fields: { title: 'text', value: 'text', short: 'flag' },
  needs: all('title', 'value'),
};

const discord: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    webhook_url: 'url',
    webhook_url_file: 'text',
    content: 'text',
    title: 'text',
    message: 'text',
    username: 'text',
    avatar_url: 'text',
  },
  ...eitherOf('webhook_url', 'webhook_url_file'),
};

const mattermost: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    webhook_url: 'url',
    webhook_url_file: 'text',
    channel: 'text',
    username: 'text',
    text: 'text',
    fallback: 'text',
    color: 'text',
    pretext: 'text',
    author_name: 'text',
    author_link: 'text',
    author_icon: 'text',
    title: 'text',
    title_link: 'text',
    fields: { list: field },
    thumb_url: 'text',
    footer: 'text',
    footer_icon: 'text',
    image_url: 'text',
    icon_url: 'text',
    icon_emoji: 'text',
    attachments: {
      list: {
        fields: {
          fallback: 'text',
          color: 'text',
          pretext: 'text',
          text: 'text',
          author_name: 'text',
          author_link: 'text',
          author_icon: 'text',
          title: 'text',
          title_link: 'text',
          fields: { list: field },
          thumb_url: 'text',
          footer: 'text',
          footer_icon: 'text',
          image_url: 'text',
        },
      },
    },
    type: 'text',
    props: { fields: { card: 'text' } },
    priority: {
      fields: { priority: 'text', requested_ack: 'flag', persistent_notifications: 'flag' },
    },
  },
  needs: [
    {
      oneOf: ['webhook_url', 'webhook_url_file'],
      global: ['mattermost_webhook_url', 'mattermost_webhook_url_file'],
    },
  ],
  exclusive: [['webhook_url', 'webhook_url_file']],
};

const msteams: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    webhook_url: 'url',
    webhook_url_file: 'text',
    title: 'text',
    summary: 'text',
    text: 'text',
  },
  ...eitherOf('webhook_url', 'webhook_url_file'),
};

const msteamsv2: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    webhook_url: 'url',
    webhook_url_file: 'text',
    title: 'text',
    text: 'text',
  },
  ...eitherOf('webhook_url', 'webhook_url_file'),
};

const rocketchat: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'url',
    token_id: 'text',
    token_id_file: 'text',
    token: 'text',
    token_file: 'text',
    channel: 'text',
    color: 'text',
    title: 'text',
    title_link: 'text',
    text: 'text',
    message_text: 'text',
    fields: { list: { fields: { title: 'text', value: 'text', short: 'flag' } } },
    short_fields: 'flag',
    emoji: 'text',
    icon_url: 'text',
    image_url: 'text',
    thumb_url: 'text',
    link_names: 'flag',
    actions: { list: { map: 'any' } },
  },
  needs: [
    { oneOf: ['token', 'token_file'], global: ['rocketchat_token', 'rocketchat_token_file'] },
    {
      oneOf: ['token_id', 'token_id_file'],
      global: ['rocketchat_token_id', 'rocketchat_token_id_file'],
    },
  ],
  exclusive: [
    ['token', 'token_file'],
    ['token_id', 'token_id_file'],
  ],
};

const slack: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'url',
    api_url_file: 'text',
    app_token: 'text',
    app_token_file: 'text',
    app_url: 'url',
    channel: 'text',
    username: 'text',
    color: 'text',
    title: 'text',
    title_link: 'text',
    pretext: 'text',
    text: 'text',
    message_text: 'text',
    fields: { list: field },
    short_fields: 'flag',
    footer: 'text',
    fallback: 'text',
    callback_id: 'text',
    icon_emoji: 'text',
    icon_url: 'text',
    image_url: 'text',
    thumb_url: 'text',
    link_names: 'flag',
    mrkdwn_in: { list: 'text' },
    actions: {
      list: {
        fields: {
          type: 'text',
          text: 'text',
          url: 'text',
          style: 'text',
          name: 'text',
          value: 'text',
          confirm: {
            fields: { text: 'text', title: 'text', ok_text: 'text', dismiss_text: 'text' },
          },
        },
      },
    },
    update_message: 'flag',
    post_updates_to_thread: 'flag',
    timeout: 'elapsed',
  },
  needs: [
    {
      oneOf: ['api_url', 'api_url_file', 'app_token', 'app_token_file'],
      global: ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file'],
    },
  ],
  exclusive: [['api_url', 'api_url_file', 'app_token', 'app_token_file']],
};

const telegram: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'url',
    bot_token: 'text',
    bot_token_file: 'text',
    chat_id: 'whole',
    chat_id_file: 'text',
    message_thread_id: 'whole',
    message: 'text',
    disable_notifications: 'flag',
    parse_mode: { oneOf: ['', 'Markdown', 'MarkdownV2', 'HTML'] },
    timeout: 'elapsed',
  },
  needs: [
    {
      oneOf: ['bot_token', 'bot_token_file'],
      global: ['telegram_bot_token', 'telegram_bot_token_file'],
    },
    { oneOf: ['chat_id', 'chat_id_file'] },
  ],
  exclusive: [
    ['bot_token', 'bot_token_file'],
    ['chat_id', 'chat_id_file'],
  ],
};

const webex: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_url: 'url',
    message: 'text',
    room_id: 'text',
  },
  needs: all('room_id', 'http_config'),
};

const wechat: Fields = {
  fields: {
    send_resolved: 'flag',
    http_config: httpConfig,
    api_secret: 'text',
    api_secret_file: 'text',
    corp_id: 'text',
    message: 'text',
    api_url: 'url',
    to_user: 'text',
    to_party: 'text',
    to_tag: 'text',
    agent_id: 'text',
    message_type: 'text',
  },
  needs: [
    {
      oneOf: ['api_secret', 'api_secret_file'],
      global: ['wechat_api_secret', 'wechat_api_secret_file'],
    },
    { oneOf: ['corp_id'], global: ['wechat_api_corp_id'] },
  ],
  exclusive: [['api_secret', 'api_secret_file']],
};

/** Messages to a chat. */
export const chat: Readonly<Record<string, Fields>> = {
  discord,
  mattermost,
  msteams,
  msteamsv2,
  rocketchat,
  slack,
  telegram,
  webex,
  wechat,
};
