import { posix } from 'node:path';
import type { ComposeMount, ComposeService, HealthCheck } from '../../model/compose.ts';
import type { Path, YamlSource } from '../yaml-source.ts';
import { byteValue, interpolate, shellWords } from '../../stack/compose/interpolate.ts';
import { composeShape } from './schema.ts';

/** Compose's own values where a health check doesn't say (compose-spec, 05-services.md). */
const HEALTH = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 0 };

/**
 * A service, normalised; undefined when it can't be read: then what is wrong is in the source's
 * problems.
 */
export function readService(
  source: YamlSource,
  path: Path,
  environment: Record<string, string | undefined>,
): ComposeService | undefined {
  const value = source.check(composeShape.service, path);
  if (!value) return undefined;
  const fill = (text: string, at: Path): string =>
    interpolate(
      text,
      (variable) => environment[variable],
      (variable) => {
        source.say(at, `the variable ${variable} isn't set`, `${variable} in the environment`);
        return '';
      },
    );
  return {
    name: String(path.at(-1)),
    image: fill(value.image, [...path, 'image']),
    build:
      value.build === undefined
        ? null
        : { args: typeof value.build === 'string' ? {} : (value.build.args ?? {}) },
    entrypoint: wordsOf(value.entrypoint, [...path, 'entrypoint'], fill),
    command: wordsOf(value.command, [...path, 'command'], fill),
    environment: Object.fromEntries(
      pairs(value.environment).map(([key, text]) => [key, fill(text, [...path, 'environment'])]),
    ),
    user: value.user ?? null,
    hostname: value.hostname ?? null,
    mounts: source.entries([...path, 'volumes']).flatMap((at) => readMount(source, at, fill) ?? []),
    ports: source.entries([...path, 'ports']).flatMap((at) => readPort(source, at, fill) ?? []),
    secrets: source.entries([...path, 'secrets']).flatMap((at) => readSecret(source, at) ?? []),
    dependsOn: readDependencies(source, [...path, 'depends_on']),
    healthcheck: readHealth(source, [...path, 'healthcheck']),
    shmBytes: readSize(source, [...path, 'shm_size'], value.shm_size),
    ulimits: Object.entries(value.ulimits ?? {}).map(([what, limit]) =>
      typeof limit === 'number'
        ? { name: what, soft: limit, hard: limit }
        : { name: what, ...limit },
    ),
    capDrop: value.cap_drop ?? [],
    securityOpt: value.security_opt ?? [],
    source: source.at(path, true),
  };
}

/** Puts values for variables into a text that stands at a place. */
type Fill = (text: string, at: Path) => string;

/** A command line, given as a list or as the shell would split it. */
function wordsOf(words: string[] | string | undefined, at: Path, fill: Fill): string[] | null {
  if (words === undefined) return null;
  if (typeof words === 'string') return shellWords(words).map((word) => fill(word, at));
  return words.map((word, i) => fill(word, [...at, i]));
}

/** Bytes of a size such as `128mb`; null where there is none. */
function readSize(source: YamlSource, at: Path, text: string | undefined): number | null {
  if (text === undefined) return null;
  const bytes = byteValue(text);
  if (bytes === undefined) source.say(at, `\`${text}\` is no size`, 'bytes such as 128mb');
  return bytes ?? null;
}

function readSecret(source: YamlSource, at: Path): ComposeService['secrets'][number] | undefined {
  const secret = source.check(composeShape.secret, at);
  if (secret === undefined) return undefined;
  const [name, target] =
    typeof secret === 'string' ? [secret, secret] : [secret.source, secret.target ?? secret.source];
  return { name, target: posix.resolve('/run/secrets', target) };
}

function pairs(environment: Record<string, string> | string[] | undefined): [string, string][] {
  if (!Array.isArray(environment)) return Object.entries(environment ?? {});
  return environment.map((line) => [
    line.split('=')[0] ?? '',
    line.includes('=') ? line.slice(line.indexOf('=') + 1) : '',
  ]);
}

function readMount(source: YamlSource, at: Path, fill: Fill): ComposeMount | undefined {
  const value = source.check(composeShape.mount, at);
  if (value === undefined) return undefined;
  const [from = '', target = '', mode = ''] =
    typeof value === 'string'
      ? fill(value, at).split(':')
      : [fill(value.source, at), value.target, value.read_only === true ? 'ro' : ''];
  if (!target.startsWith('/')) {
    source.say(
      at,
      `\`${typeof value === 'string' ? value : value.target}\` names no path of the container`,
      '`source:/path`',
    );
    return undefined;
  }
  const readOnly = mode.split(',').includes('ro');
  if (from.startsWith('/')) return { kind: 'host', path: from, target, readOnly };
  if (!from.startsWith('.')) return { kind: 'volume', name: from, target, readOnly };
  const path = posix.normalize(from);
  if (path.startsWith('..')) {
    source.say(at, `\`${from}\` lies outside of the stack's folder`, 'a path below it');
    return undefined;
  }
  return { kind: 'stack', path: path.replace(/^\.\//, '').replace(/\/$/, ''), target, readOnly };
}

/** The container's port of `8080`, `80:8080`, `127.0.0.1:80:8080` or of the long form. */
function readPort(source: YamlSource, at: Path, fill: Fill): number | undefined {
  const value = source.check(composeShape.port, at);
  if (value === undefined) return undefined;
  const port =
    typeof value === 'string'
      ? Number(
          fill(value, at)
            .split(':')
            .at(-1)
            ?.replace(/\/tcp$/, ''),
        )
      : value.target;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  source.say(
    at,
    `\`${typeof value === 'string' ? value : value.target}\` names no port of the container`,
    'a port such as "127.0.0.1:9090:9090"',
  );
  return undefined;
}

function readDependencies(source: YamlSource, at: Path): ComposeService['dependsOn'] {
  if (source.get(at) === undefined) return [];
  const value = source.check(composeShape.dependsOn, at);
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((service) => ({ service, healthy: false }));
  return Object.entries(value).map(([service, { condition }]) => ({
    service,
    healthy: condition === 'service_healthy',
  }));
}

function readHealth(source: YamlSource, at: Path): HealthCheck | null {
  if (source.get(at) === undefined) return null;
  const value = source.check(composeShape.healthcheck, at);
  if (!value || value.disable === true || value.test === undefined) return null;
  const [how, ...rest] = typeof value.test === 'string' ? ['CMD-SHELL', value.test] : value.test;
  if (how === 'NONE') return null;
  if (how !== 'CMD' && how !== 'CMD-SHELL') {
    source.say(
      [...at, 'test'],
      `a test begins with CMD or CMD-SHELL, not with \`${how ?? ''}\``,
      '[CMD, program, argument]',
    );
    return null;
  }
  return {
    test: how === 'CMD' ? rest : ['/bin/sh', '-c', rest.join(' ')],
    intervalMs: value.interval ?? HEALTH.intervalMs,
    timeoutMs: value.timeout ?? HEALTH.timeoutMs,
    retries: value.retries ?? HEALTH.retries,
    startPeriodMs: value.start_period ?? HEALTH.startPeriodMs,
  };
}
