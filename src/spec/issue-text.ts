import type { z } from 'zod';
import { nearest } from '../lib/nearest.ts';
import type { Path } from './yaml-source.ts';

interface Described {
  path: Path;
  /** Points at the key, not at its value. */
  key: boolean;
  message: string;
  expected: string;
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};
const LONGEST = 60;
const MOST_NAMES = 20;

/**
 * One of zod's issues in the words of somebody who edits the file.
 * @param base path of the value that was checked; `get` finds the value at a path
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  base: Path,
  get: (path: Path) => unknown,
): Described[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((name) => ({
      path: [...path, name],
      key: true,
      message: `unknown key \`${name}\``,
      expected: oneOf(name, known),
    }));
  }
  const name = path.map(String).join('.');
  const value = get(path);
  const expected = expectation(issue, value);
  if (value === undefined)
    return [
      {
        path,
        key: false,
        message: path.length === 0 ? 'the file is empty' : `\`${String(path.at(-1))}\` is missing`,
        expected,
      },
    ];
  return [
    {
      path,
      key: false,
      message: path.length === 0 ? `the file is ${shown(value)}` : `\`${name}\` is ${shown(value)}`,
      expected,
    },
  ];
}

/**
 * `expected` for a name: the known one that was probably meant; all of them unless they are many
 * and the one is near.
 */
export function oneOf(name: string, known: string[]): string {
  if (known.length === 0) return 'none: there is nothing of this kind';
  const close = nearest(name, known);
  if (close !== undefined && known.length > MOST_NAMES) return `\`${close}\``;
  return `${close === undefined ? '' : `\`${close}\`, or `}one of: ${[...new Set(known)].join(', ')}`;
}

function expectation(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'invalid_type' && !/^[a-z]/.test(issue.message))
    return TYPES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return values.length === 1
      ? `\`${values[0] ?? ''}\``
      : oneOf(typeof value === 'string' ? value : '', values);
  }
  if (issue.code === 'too_small' && !/^[a-z]/.test(issue.message))
    return issue.origin === 'array' ? 'at least one entry' : 'something that is not empty';
  return issue.message;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : typeof value;
  return text === ''
    ? 'empty'
    : `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
}

interface Def {
  def: {
    innerType?: Def;
    element?: Def;
    valueType?: Def;
    in?: Def;
    shape?: Record<string, Def>;
    catchall?: Def;
    type?: string;
    getter?: () => Def;
  };
}

/** The keys that a schema knows at a path; none where any key will do. */
export function keysAt(schema: unknown, path: PropertyKey[]): string[] {
  const unwrap = (s: Def | undefined): Def | undefined => {
    const inner = s?.def.innerType ?? s?.def.in ?? s?.def.getter?.();
    return inner && !s?.def.shape ? unwrap(inner) : s;
  };
  const end = path.reduce<Def | undefined>((s, part) => {
    const def = unwrap(s)?.def;
    return def?.shape ? def.shape[String(part)] : (def?.element ?? def?.valueType);
  }, schema as Def);
  const last = unwrap(end)?.def;
  // A loose object takes any key besides those that it names.
  return last?.catchall?.def.type === 'unknown' ? [] : Object.keys(last?.shape ?? {});
}
