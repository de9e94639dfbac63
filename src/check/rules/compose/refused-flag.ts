import { parseDurationMs } from '../../../lib/duration.ts';
import { nearest } from '../../../lib/nearest.ts';
import { argumentsOf } from '../../../stack/compose/command-line.ts';
import type { Argument } from '../../../stack/compose/command-line.ts';
import { tagOf, versionOf } from '../../../stack/pinned.ts';
import type { Version } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';
import { COMMAND_LINES } from '../../schemas/command-lines.ts';
import type { CommandLine, FlagKind } from '../../schemas/command-lines.ts';

export const refusedFlag: Rule = {
  id: 'compose/refused-flag',
  level: 'error',
  title: 'A command line that the program refuses',
  why: 'The program says how it is called and ends, and the container is started again for ever.',
  mend: 'Write it as `--help` of the version that runs says.',
  check: ({ composes }, say) => {
    for (const service of composes.flatMap((one) => one.services)) {
      const line = COMMAND_LINES.find(({ image }) => image.test(service.program));
      const image = service.image.text() ?? '';
      const version = versionOf(image) ?? (isNewest(image) ? NEWEST : undefined);
      if (!line || (version && isBefore(version, line.since))) continue;
      const given = argumentsOf(service) ?? [];
      const subject = `service ${service.name}`;
      const old = given.filter(({ text }) => ONE_DASH.test(text));
      if (old[0]) say(old[0].value.place, oneDash(old, line.program), { subject });
      given.forEach((argument, i) => {
        const fault = faultOf(argument, given[i + 1]?.text, line, version);
        if (fault !== undefined) say(argument.value.place, fault, { subject });
      });
    }
  },
};

const NEWEST: Version = { major: Infinity, minor: 0 };

/** Behind a digest, a variable or another word any version may stand. */
function isNewest(image: string): boolean {
  return (tagOf(image) ?? 'latest') === 'latest' && !/@sha256:|\$/.test(image);
}

const ONE_DASH = /^-([a-z][\w.-]{2,})/;

/** All of a service are one finding. */
function oneDash(old: Argument[], program: string): string {
  const [first, second] = old.map(({ text }) => `\`${/^[^=]*/.exec(text)?.[0] ?? ''}\``);
  const others =
    second === undefined
      ? ''
      : old.length === 2
        ? ` and ${second}`
        : `, ${second} and ${old.length - 2} more`;
  return `${program}'s flags begin with two dashes, and ${first ?? ''}${others} with one`;
}

function isBefore(one: Version, other: Version): boolean {
  return one.major < other.major || (one.major === other.major && one.minor < other.minor);
}

/** What the program says of one argument; undefined when it takes it, or nobody here can tell. */
function faultOf(
  { text }: Argument,
  next: string | undefined,
  { program, flags, gone }: CommandLine,
  version: Version | undefined,
): string | undefined {
  const [, name = '', , value] = /^--([a-z][\w.-]+)(=(.*))?$/s.exec(text) ?? [];
  if (name === '') return undefined;
  const left = gone.get(name);
  if (left && version && version.major >= left.major)
    return `${program} has no \`--${name}\` any more; what took its place: ${left.instead}`;
  if (!flags || left) return undefined;
  const kind =
    flags.get(name) ?? (flags.get(name.replace(/^no-/, '')) === 'switch' ? 'switch' : undefined);
  if (kind !== undefined) return valueFault(kind, name, value ?? next, value !== undefined);
  const close = nearest(name, [...flags.keys()]);
  return close === undefined
    ? undefined
    : `${program} has no \`--${name}\`; is \`--${close}\` meant?`;
}

/** What is wrong with what a flag is given. */
function valueFault(
  kind: FlagKind,
  name: string,
  value: string | undefined,
  isJoined: boolean,
): string | undefined {
  if (kind === 'switch')
    return isJoined
      ? `\`--${name}\` is a switch: it takes no value, \`--no-${name}\` is its opposite`
      : undefined;
  if (value === undefined || value.includes('$')) return undefined;
  return TAKEN[kind](value) ? undefined : `\`--${name}\` doesn't take \`${value}\``;
}

/** `time.ParseDuration` of Go: no days. */
const ELAPSED = /^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;

const TAKEN: Record<Exclude<FlagKind, 'switch'>, (value: string) => boolean> = {
  text: () => true,
  duration: (value) => parseDurationMs(value) !== undefined,
  elapsed: (value) => ELAPSED.test(value) || parseDurationMs(value) !== undefined,
  size: (value) => /^0$|^(\d+(\.\d+)?([KMGTPE]?i?B))+$/i.test(value),
  level: (value) => /^(debug|info|warn|error)$/i.test(value),
  format: (value) => value === 'logfmt' || value === 'json',
};
