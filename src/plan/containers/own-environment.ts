import { holdsSecret } from '../../lib/secret-names.ts';
import { SecretWords } from '../../receivers/secrets.ts';
import type { ComposeService } from '../../model/compose.ts';

/**
 * Secrets within addresses of databases: of a URL, of libpq's words, of Go's MySQL driver. What a
 * shell puts there is none.
 */
const WITHIN = [
  /(:\/\/[^\s:/@]*:)([^\s/@$][^\s/@]*)(?=@)/g,
  /(password=)([^\s&;'"$][^\s&;'"]*)/gi,
  /(^[^\s:/@]+:)([^\s/@$][^\s/@]*)(?=@(?:\w*\(|[^\s/]+\/))/g,
];
/** Whatever is shorter may stand elsewhere by chance. */
const SHORTEST_ELSEWHERE = 8;

/**
 * Services in which words of the run's own stand in the place of every secret of their environment:
 * the same word for the same secret, so that whoever logs in still does; in command lines and
 * health checks too. A run's folder holds none.
 */
export function withOwnEnvironment(services: readonly ComposeService[]): ComposeService[] {
  const words = new SecretWords();
  const secrets = new Set<string>();
  const wordFor = (secret: string): string => {
    secrets.add(secret);
    return words.word(secret);
  };
  const known = services.map((service) => ({
    ...service,
    environment: mapped(service.environment, (value, name) =>
      holdsSecret(name, value) ? wordFor(value) : within(value, wordFor),
    ),
  }));
  const elsewhere = (text: string): string =>
    [...secrets]
      .filter((secret) => secret.length >= SHORTEST_ELSEWHERE)
      .reduce((changed, secret) => changed.replaceAll(secret, () => words.word(secret)), text);
  const judged = known.map((service) =>
    withTexts(service, (text) => elsewhere(within(text, wordFor))),
  );
  return judged.map(({ environment, ...service }) => ({
    ...service,
    environment: mapped(environment, elsewhere),
  }));
}

/** A text with each secret that an address in it holds put otherwise. */
function within(text: string, wordFor: (secret: string) => string): string {
  return WITHIN.reduce(
    (changed, pattern) =>
      changed.replace(pattern, (_, before: string, secret: string) => before + wordFor(secret)),
    text,
  );
}

/** The texts of a service, beside its environment, in which a secret may stand. */
function withTexts(service: ComposeService, change: (text: string) => string): ComposeService {
  const { command, entrypoint, healthcheck } = service;
  return {
    ...service,
    command: command?.map(change) ?? null,
    entrypoint: entrypoint?.map(change) ?? null,
    healthcheck: healthcheck && { ...healthcheck, test: healthcheck.test.map(change) },
  };
}

function mapped(
  environment: Record<string, string>,
  change: (value: string, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, change(value, name)]),
  );
}
