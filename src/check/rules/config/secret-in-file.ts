import type { StackDocument } from '../../../stack/source/documents.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import type { Entry, Node } from '../../../stack/source/node.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';
import { isSecretElsewhere } from '../../schemas/scalars.ts';

/** Keys of Prometheus, Alertmanager and Grafana whose value is a secret by its meaning. */
const SECRET_KEYS = new Set([
  'password',
  'smtp_auth_password',
  'auth_password',
  'smtp_auth_secret',
  'auth_secret',
  'slack_api_url',
  'slack_app_token',
  'app_token',
  'service_key',
  'opsgenie_api_key',
  'api_key',
  'api_secret',
  'wechat_api_secret',
  'bot_token',
  'telegram_bot_token',
  'token',
  'user_key',
  'victorops_api_key',
  'bearer_token',
  'credentials',
  'client_secret',
  'secret_key',
  'application_secret',
  'consumer_key',
  'rocketchat_token',
  'basicAuthPassword',
  'integrationKey',
  'bottoken',
  'apiToken',
  'apiKey',
]);

/** By its `routing_key` PagerDuty knows its client; VictorOps only who is on call. */
const SECRET_OF_PAGERDUTY = 'routing_key';

/** Stands for a secret that comes from elsewhere, or for none at all. */
const ELSEWHERE =
  /^@@?\w+@@?$|^#\{[^}]*\}#?$|^__\w+__$|^%\w+%$|^$|^<[^>]*>$|^\{\{[^}]*\}\}$|^\$(\{|[A-Za-z_])|^\$__(file|env)|^\*+$|^x{3,}$/i;

/** Text that shows where a secret belongs, as documentation and templates have it. */
const SAMPLE =
  /^(\.{2,}|…)$|^change[-_ ]?me$|(?<=\/)<[\w -]+>|^<[\w -]+>$|^(your|replace|insert|put|fill|enter)[-_ ]|placeholder|redacted|\/services\/(T?[X0]+|your\w*)\/|-----BEGIN [\w ]+-----\s*\.{3}/i;

/** Certificates are public: only their key is secret. */
const PUBLIC = new Set(['tlsCACert', 'tlsClientCert']);

/** Whoever knows such an address may post under the team's name. */
const SECRET_URL =
  /^https:\/\/(hooks\.slack\.com\/services\/[^/]+\/|discord(app)?\.com\/api\/webhooks\/\d|[\w.-]+\.webhook\.office\.com\/|api\.telegram\.org\/bot\d)|[?&](token|api_key|key|secret|sig)=[^&]{8,}|^https?:\/\/[^/@:]+:[^/@]+@/;

/** Of Slack's bots: the same for everybody, the token beside it is the secret. */
const PUBLIC_URL = /^https:\/\/slack\.com\/api\//;

/** Headers that say whose data is meant, or in what form: nobody is let in by them. */
const PLAIN_HEADER =
  /^(x-scope-orgid|thanos-tenant|accountid|projectid|accept|content-type|user-agent)$/i;

export const secretInFile: Rule = {
  id: 'config/secret-in-file',
  level: 'error',
  title: 'A secret in the file',
  why: 'Everybody who can read the repository, now and at any time later, can use it.',
  mend:
    'Put it into a file that is never in the repository (`…_file`), or into the environment; ' +
    'and change it, for it is known now.',
  check: ({ prometheus, alertmanagers, grafana }, say) => {
    const documents: Pick<StackDocument, 'file' | 'root'>[] = [
      ...prometheus,
      ...alertmanagers,
      ...grafana.dataSourceFiles,
      ...grafana.alertingFiles,
    ];
    const plain = new Set(grafana.dataSources.flatMap(({ value }) => plainHeaders(value)));
    for (const { file, root } of documents)
      eachSecret(root.node, (entry, keys) => {
        if (plain.has(entry.value)) return;
        const place = { file, from: entry.value.from, to: entry.value.to };
        say(place, `\`${keys.at(-1) ?? ''}\` holds a secret`);
      });
  },
};

/** A data source's headers that are no secrets, though they stand where secrets do. */
function plainHeaders(source: Value): Node[] {
  return source
    .get('jsonData')
    .entries()
    .flatMap(({ key, value }) => {
      const number = /^httpHeaderName(\d+)$/.exec(key)?.[1];
      const { node } = source.at('secureJsonData', `httpHeaderValue${number ?? ''}`);
      return number !== undefined && node && PLAIN_HEADER.test(value.text() ?? '') ? [node] : [];
    });
}

/** The values that are secrets by their key or by their form. */
function eachSecret(root: Node | undefined, visit: (entry: Entry, keys: string[]) => void): void {
  eachScalar(root, (scalar, keys, entry) => {
    if (
      typeof scalar.value !== 'string' ||
      !entry ||
      entry.value !== scalar ||
      ELSEWHERE.test(scalar.value) ||
      SAMPLE.test(scalar.value) ||
      PUBLIC_URL.test(scalar.value) ||
      isSecretElsewhere(scalar.value) ||
      PUBLIC.has(keys.at(-1) ?? '')
    )
      return;
    const key = keys.at(-1) ?? '';
    const inSecure = keys.includes('secureJsonData') || keys.includes('secureSettings');
    const isSecret =
      inSecure ||
      SECRET_KEYS.has(key) ||
      (key === SECRET_OF_PAGERDUTY && keys.some((one) => one.startsWith('pagerduty'))) ||
      (/url$/i.test(key) && SECRET_URL.test(scalar.value));
    if (isSecret) visit(entry, keys);
  });
}
