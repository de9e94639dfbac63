import type { Compose } from '../../../stack/compose/index.ts';
import type { StackDocument } from '../../../stack/source/documents.ts';
import { eachScalar } from '../../../stack/source/node.ts';
import { RESERVED } from '../../common/placeholder-text.ts';
import type { Rule, Say } from '../../rule.ts';

export const placeholder: Rule = {
  id: 'production/placeholder',
  production: true,
  level: 'error',
  title: 'An address or a name that is still the example’s',
  why: 'Nobody is behind it: a mail to it is lost, and a host of this name resolves nowhere.',
  mend: 'Write your own.',
  check: ({ prometheus, alertmanagers, grafana, composes }, say) => {
    const documents: Pick<StackDocument, 'file' | 'root'>[] = [
      ...prometheus,
      ...alertmanagers,
      ...grafana.dataSourceFiles,
      ...grafana.alertingFiles,
    ];
    for (const document of documents) eachExample(document, say);
    for (const { root } of alertmanagers) {
      const smarthosts = [
        root.at('global', 'smtp_smarthost'),
        ...root
          .get('receivers')
          .items()
          .flatMap((receiver) => receiver.get('email_configs').items())
          .map((config) => config.get('smarthost')),
      ];
      for (const { text, value } of smarthosts.flatMap((one) => one.texts())) {
        const host = text.replace(/:\d+$/, '');
        if (/^[a-z][\w-]*$/i.test(host) && host !== 'localhost' && !isService(composes, host))
          say(
            value.place,
            `\`${host}\` is no service of the compose file, and no full domain name`,
          );
      }
    }
  },
};

function eachExample({ file, root }: Pick<StackDocument, 'file' | 'root'>, say: Say): void {
  eachScalar(root.node, (scalar, keys) => {
    if (typeof scalar.value === 'string' && RESERVED.test(scalar.value))
      say(
        { file, from: scalar.from, to: scalar.to },
        `\`${keys.at(-1) ?? ''}\` is still \`${scalar.value}\``,
      );
  });
}

function isService(composes: Compose[], name: string): boolean {
  return composes.some(({ services }) => services.some((service) => service.name === name));
}
