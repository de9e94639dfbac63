import { json, pathOf, payloadOf, textAt, textsOf } from '../payload.ts';
import type { ReceiverKind } from '../receiver.ts';

/** WeChat Work: a token is fetched first, and kept by Alertmanager for two hours. */
export const wechat: ReceiverKind = {
  kind: 'wechat',
  urls: [
    {
      own: 'api_url',
      global: 'wechat_api_url',
      otherwise: 'https://qyapi.weixin.qq.com/cgi-bin/',
    },
  ],
  answer: (request) =>
    pathOf(request).endsWith('/gettoken')
      ? json({ errcode: 0, errmsg: 'ok', access_token: 'run', expires_in: 7200 })
      : json({ errcode: 0, errmsg: 'ok' }),
  read: (request) => {
    if (pathOf(request).endsWith('/gettoken')) return undefined;
    const payload = payloadOf(request);
    const to = ['touser', 'toparty', 'totag'].map((key) => textAt(payload, key)).filter(Boolean);
    return { to: to.join('|'), text: textsOf(payload) };
  },
};
