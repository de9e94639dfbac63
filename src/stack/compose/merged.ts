import type { Value } from '../source/value.ts';

const TAG = /!(reset|override)\b/;

/**
 * What a key of a service has in the end, file by file: `!reset` takes away what the files before
 * say, `!override` takes its place (compose-spec, 13-merge.md).
 * @param values the service in each file, in the order in which Compose merges them
 */
export function mergedValues(values: Value[], key: string): Value[] {
  let kept: Value[] = [];
  for (const value of values.filter((one) => one.has(key)).map((one) => one.get(key))) {
    const tag = tagOf(value);
    if (tag !== undefined) kept = [];
    if (tag !== 'reset' && value.exists) kept.push(value);
  }
  return kept;
}

/** The tag stands between the key and its value. */
function tagOf({ node, keyPlace, file }: Value): string | undefined {
  return node ? TAG.exec(file.text.slice(keyPlace.to, node.from))?.[1] : undefined;
}
