import type { Value } from '../source/value.ts';
import type { Service } from './service.ts';

/** A part of a command line, with its place. */
export interface Argument {
  text: string;
  value: Value;
}

/**
 * What a service hands to its image's program; undefined where another program is started: an
 * `entrypoint` of one's own, or a shell.
 */
export function argumentsOf(service: Service): Argument[] | undefined {
  if (service.get('entrypoint').exists) return undefined;
  const command = service.get('command');
  const parts = command.isList ? command.texts() : command.texts().flatMap(words);
  return parts.every(({ text }, i) => i > 0 || text.startsWith('-')) ? parts : undefined;
}

/** A command that is one text is split as a shell splits it, without filling anything in. */
function words({ text, value }: Argument): Argument[] {
  const found = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return found.map((word) => ({ text: word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'), value }));
}
