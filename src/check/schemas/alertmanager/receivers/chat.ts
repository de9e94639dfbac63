import { httpConfig } from '../../http-client.ts';
import { all } from '../../shape.ts';
import type { Fields } from '../../shape.ts';
import { byRequest, orGlobal, texts, webhookMessage } from './common.ts';

/** A pair of texts shown side by side. */
const pair: Fields = { fields: { title: 'text', value: 'text', short: 'flag' } };
/** The same where the receiver wants both of them. */
const field: Fields = { ...pair, needs: all('title', 'value') };

const discord = webhookMessage('content', 'title', 'message', 'username', 'avatar_url');

/** What an attachment of Mattermost says; the message itself can say it too. */
const attachment: Fields['fields'] = {
  ...texts('fallback', 'color', 'pretext', 'text', 'author_name', 'author_link', 'author_icon'),
  ...texts('title', 'title_link'),
  fields: { list: field },
  ...texts('thumb_url', 'footer', 'footer_icon', 'image_url'),
};

const mattermost: Fields = {
  fields: {
    ...byRequest,
    webhook_url: 'url',
    ...texts('webhook_url_file', 'channel', 'username'),
    ...attachment,
    ...texts('icon_url', 'icon_emoji'),
    attachments: { list: { fields: attachment } },
    type: 'text',
    props: { fields: { card: 'text' } },
    priority: {
      fields: { priority: 'text', requested_ack: 'flag', persistent_notifications: 'flag' },
    },
  },
  needs: [orGlobal('mattermost', 'webhook_url', 'webhook_url_file')],
  exclusive: [['webhook_url', 'webhook_url_file']],
};

const msteams = webhookMessage('title', 'summary', 'text');

const msteamsv2 = webhookMessage('title', 'text');

/** Alertmanager names these as its code does (notify/rocketchat, RocketchatAttachmentAction). */
const rocketchatAction: Fields['fields'] = {
  ...texts('type', 'text', 'url', 'imageurl', 'webviewheightratio', 'msg', 'msgprocessingtype'),
  iswebview: 'flag',
  msginchatwindow: 'flag',
};

const rocketchat: Fields = {
  fields: {
    ...byRequest,
    api_url: 'url',
    ...texts(
      'token_id',
      'token_id_file',
      'token',
      'token_file',
      'channel',
      'color',
      'title',
      'title_link',
      'text',
      'message_text',
    ),
    fields: { list: pair },
    short_fields: 'flag',
    ...texts('emoji', 'icon_url', 'image_url', 'thumb_url'),
    link_names: 'flag',
    actions: { list: { fields: rocketchatAction } },
  },
  needs: [
    orGlobal('rocketchat', 'token', 'token_file'),
    orGlobal('rocketchat', 'token_id', 'token_id_file'),
  ],
  exclusive: [
    ['token', 'token_file'],
    ['token_id', 'token_id_file'],
  ],
};

const slack: Fields = {
  fields: {
    ...byRequest,
    api_url: 'url',
    api_url_file: 'text',
    app_token: 'text',
    app_token_file: 'text',
    app_url: 'url',
    ...texts(
      'channel',
      'username',
      'color',
      'title',
      'title_link',
      'pretext',
      'text',
      'message_text',
    ),
    fields: { list: field },
    short_fields: 'flag',
    ...texts(
      'footer',
      'fallback',
      'callback_id',
      'icon_emoji',
      'icon_url',
      'image_url',
      'thumb_url',
    ),
    link_names: 'flag',
    mrkdwn_in: { list: 'text' },
    actions: {
      list: {
        fields: {
          ...texts('type', 'text', 'url', 'style', 'name', 'value'),
          confirm: {
            fields: { text: 'text', title: 'text', ok_text: 'text', dismiss_text: 'text' },
            needs: all('text'),
          },
        },
        needs: [...all('type', 'text'), { oneOf: ['url', 'name'] }],
      },
    },
    update_message: 'flag',
    post_updates_to_thread: 'flag',
    timeout: 'elapsed',
  },
  needs: [orGlobal('slack', 'api_url', 'api_url_file', 'app_token', 'app_token_file')],
  exclusive: [['api_url', 'api_url_file', 'app_token', 'app_token_file']],
};

const telegram: Fields = {
  fields: {
    ...byRequest,
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
    orGlobal('telegram', 'bot_token', 'bot_token_file'),
    { oneOf: ['chat_id', 'chat_id_file'] },
  ],
  exclusive: [
    ['bot_token', 'bot_token_file'],
    ['chat_id', 'chat_id_file'],
  ],
};

const webex: Fields = {
  fields: {
    ...byRequest,
    // A bearer token becomes an authorization before anybody asks for one.
    http_config: {
      ...httpConfig,
      needs: [{ oneOf: ['authorization', 'bearer_token', 'bearer_token_file'] }],
    },
    api_url: 'url',
    message: 'text',
    room_id: 'text',
  },
  needs: all('room_id', 'http_config'),
};

const wechat: Fields = {
  fields: {
    ...byRequest,
    ...texts('api_secret', 'api_secret_file', 'corp_id', 'message'),
    api_url: 'url',
    ...texts('to_user', 'to_party', 'to_tag', 'agent_id'),
    message_type: { oneOf: ['', 'text', 'markdown'] },
  },
  needs: [orGlobal('wechat', 'api_secret', 'api_secret_file'), orGlobal('wechat_api', 'corp_id')],
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
