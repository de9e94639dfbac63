import { holdsSecret } from '../../../lib/secret-names.ts';
import { isKnownPassword } from '../../common/known-passwords.ts';
import { servicesOf, subjectOf } from '../../common/services.ts';
import type { Rule } from '../../rule.ts';
import { isFilledIn, isSecretElsewhere } from '../../schemas/scalars.ts';

/** Whether there is one, not which. */
const NO_PASSWORD = /(ALLOW|RANDOM|EMPTY|DISABLE|REQUIRE)/i;

/**
 * What is called so and lets nobody in: the name of a cookie (Erlang's is a password), of
 * Kubernetes' secret for a registry.
 */
const NAMES_ONE = /PULL_SECRET$|(?<!(^|_)(ERL|ERLANG|RELEASE|NODE)_)(?<=_)COOKIE$/i;
/** A file that holds it; what is long and of all kinds of letters may be the secret itself. */
const PATH = /^(~|\.{1,2})?(\/[\w.@-]+)+$/;
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{32,}$/;

const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/:@\s]+:([^/@\s]+)@/i;

/** What images set when nobody says otherwise. */
const UNSET = [
  {
    program: /(^|\/)grafana(-oss|-enterprise)?$/,
    key: 'GF_SECURITY_ADMIN_PASSWORD',
    password: 'admin',
  },
  { program: /(^|\/)minio$/, key: 'MINIO_ROOT_PASSWORD', password: 'minioadmin' },
];

/** With this no administrator is made whose password could be known. */
const NO_ADMIN = 'GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION';

export const defaultPassword: Rule = {
  id: 'compose/default-password',
  level: 'error',
  title: 'A password that everybody knows, or that stands in the file',
  why: 'Whoever reaches the port is in; and whoever reads the repository has the password.',
  mend: 'Read it from a secret file (`…_FILE`), or from the environment without a default: `${GRAFANA_PASSWORD:?}`.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const unset = UNSET.find(({ program }) => program.test(service.program));
      const elsewhere =
        service.get('env_file').exists ||
        service.get('extends').exists ||
        service.environment.some(({ key, text }) => key === NO_ADMIN && text === 'true') ||
        service.mounts.some(
          ({ target }) => target.endsWith('grafana.ini') || target === '/etc/grafana',
        );
      if (unset && !elsewhere && !service.environment.some(({ key }) => key.startsWith(unset.key)))
        say(
          service.image.place,
          `without \`${unset.key}\` the password is \`${unset.password}\`, which everybody knows`,
          { subject: subjectOf(service) },
        );
    }
    for (const service of servicesOf(composes))
      for (const { key, text = '', place, from } of service.environment) {
        const inUrl = URL_PASSWORD.exec(text)?.[1];
        if (inUrl !== undefined && !inUrl.startsWith('$'))
          say(place, `\`${key}\` holds a password in its address`, {
            subject: subjectOf(service),
          });
        if (!holdsSecret(key, text) || NO_PASSWORD.test(key) || NAMES_ONE.test(key)) continue;
        const fallback = /^\$\{\w+:?-([^}]*)\}$/.exec(text)?.[1];
        const literal = fallback ?? (/^\$/.test(text) ? '' : text);
        if (literal === '' || isNoSecret(literal)) continue;
        const known = isKnownPassword(literal);
        // A file of variables is made on the machine.
        if (!known && from === 'env_file') continue;
        say(
          place,
          known
            ? `\`${key}\` is ${fallback === undefined ? '' : 'by default '}a password that everybody knows`
            : `\`${key}\` holds a password`,
          { subject: subjectOf(service) },
        );
      }
  },
};

/** Whether a text names where a secret is, or is put there by whoever rolls it out. */
function isNoSecret(text: string): boolean {
  return (
    (PATH.test(text) && !RANDOM.test(text)) ||
    (/^(\W|__)/.test(text) && isFilledIn(text)) ||
    isSecretElsewhere(text)
  );
}
