import { parseDurationMs } from '../../lib/duration.ts';
import { nearest } from '../../lib/nearest.ts';
import type { Level } from '../../model/check.ts';
import type { Place, Value } from '../../stack/source/value.ts';
import { isFilledIn, labelFault, scalarFault } from './scalars.ts';
import type { Choice, Fields, Gone, List, Mapping, Need, Order, Shape } from './shape.ts';

/** What a program refuses in its configuration. */
export interface Fault {
  kind: 'unknown-key' | 'duration' | 'value' | 'missing-key' | 'conflicting-keys';
  place: Place;
  message: string;
  /** Where only some versions of the program refuse it, and nobody says which one runs. */
  level?: Level;
}

export interface Reader {
  /** Major version of the program where it is pinned; undefined: the current one. */
  major: number | undefined;
  /** What `global` of the file holds: a key may be set there instead. */
  global: Value;
}

/** Everything in a value that its program refuses by shape alone. */
export function faultsOf(value: Value, shape: Shape, reader: Reader): Fault[] {
  if (!value.exists) return [];
  if (typeof shape === 'string') {
    if (shape === 'any') return [];
    const other = value.isMap ? 'a map' : value.isList ? 'a list' : undefined;
    if (other !== undefined)
      return [wrong(value, `${other} stands where a ${word(shape)} belongs`)];
    const fault = scalarFault(shape, value);
    return fault ? [{ kind: fault.about, place: value.place, message: fault.message }] : [];
  }
  if ('oneOf' in shape) return choiceFaults(value, shape, reader);
  if ('list' in shape) return listFaults(value, shape, reader);
  if (!value.isMap) return opaque(value) ? [] : [wrong(value, 'this is no map of keys and values')];
  return 'map' in shape ? mapFaults(value, shape, reader) : fieldFaults(value, shape, reader);
}

function listFaults(value: Value, shape: List, reader: Reader): Fault[] {
  if (!value.isList) return opaque(value) ? [] : [wrong(value, 'this is no list')];
  const items = value.items();
  const seen = new Set<string>();
  const isTwice = (item: Value): boolean => {
    const text = item.text()?.toLowerCase();
    const known = text !== undefined && seen.has(text);
    if (text !== undefined) seen.add(text);
    return known;
  };
  return [
    ...(shape.some && items.length === 0 ? [wrong(value, 'a list of nothing')] : []),
    ...items.flatMap((item) =>
      item.exists || shape.filled === undefined
        ? faultsOf(item, shape.list, reader)
        : [wrong(item, 'an entry without anything in it')],
    ),
    ...(shape.unique ? items.filter(isTwice) : []).map((item) =>
      wrong(item, `\`${item.text() ?? ''}\` stands here twice`),
    ),
  ];
}

function mapFaults(value: Value, shape: Mapping, reader: Reader): Fault[] {
  return value.entries().flatMap(({ key, value: inner }) => {
    const at = (message: string): Fault => ({ kind: 'value', place: inner.keyPlace, message });
    const odd = shape.keys === 'label' ? labelFault(key) : undefined;
    return [
      ...(odd ? [at(odd.message)] : []),
      ...(shape.reserved?.includes(key.toLowerCase())
        ? [at(`\`${key}\` is set by the program itself`)]
        : []),
      ...(inner.exists || shape.filled === undefined ? [] : [at(`\`${key}\` has no value`)]),
      ...faultsOf(inner, shape.map, reader),
    ];
  });
}

function fieldFaults(value: Value, shape: Fields, reader: Reader): Fault[] {
  const faults: Fault[] = [];
  for (const { key, value: inner } of value.entries()) {
    const known = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    const old = Object.hasOwn(shape.gone ?? {}, key) ? shape.gone?.[key] : undefined;
    if (known !== undefined) faults.push(...faultsOf(inner, known, reader));
    else if (old !== undefined) faults.push(...goneFaults(key, inner, old, reader));
    else if (!isFilledIn(key)) faults.push(unknownKey(key, inner, shape));
  }
  return [...faults, ...missingKeys(value, shape, reader), ...conflicts(value, shape)];
}

/** Who pins no version may run one that knows the key. */
function goneFaults(key: string, value: Value, gone: Gone, reader: Reader): Fault[] {
  if (reader.major !== undefined && reader.major < gone.since)
    return faultsOf(value, gone.shape, reader);
  return [
    {
      kind: 'unknown-key',
      place: value.keyPlace,
      message: `\`${key}\` is gone since version ${gone.since}: \`${gone.instead}\` took its place`,
      ...(reader.major === undefined ? { level: 'warning' } : {}),
    },
  ];
}

function isSet(holder: Value, key: string): boolean {
  return holder.get(key).exists && holder.get(key).text() !== '';
}

/** Whether a key has another value than the one it has where nobody sets it. */
function isOther(holder: Value, key: string, { fields }: Fields): boolean {
  const value = holder.get(key);
  const shape = fields[key];
  if (!isSet(holder, key) || isZero(value, shape)) return false;
  const isByValue = typeof shape === 'object' && 'byValue' in shape && value.isMap;
  return !isByValue || value.entries().some((inner) => isOther(value, inner.key, shape));
}

const NUMBERS: ReadonlySet<unknown> = new Set(['whole', 'natural', 'count', 'number']);

/** What Go can't tell from a key that nobody sets: false, 0, a list of nothing. */
function isZero(value: Value, shape: Shape | undefined): boolean {
  if (shape === 'flag') return isNo(value);
  if (NUMBERS.has(shape)) return !value.isQuoted && value.number() === 0;
  const isList = typeof shape === 'object' && 'list' in shape;
  // One that needs an entry is told by itself.
  return isList && shape.some !== true && value.isList && value.items().length === 0;
}

function isNo(value: Value): boolean {
  return !value.isQuoted && /^(false|no|off|n)$/i.test(value.text() ?? '');
}

function missingKeys(value: Value, shape: Fields, reader: Reader): Fault[] {
  const { needs = [] } = shape;
  const isAsked = ({ when, where }: Need): boolean => {
    if (where) {
      const chosen = value.get(where.key);
      if (chosen.exists ? chosen.text() !== where.is : where.isDefault !== true) return false;
    }
    return when?.some((key) => isOther(value, key, shape)) ?? true;
  };
  return needs
    .filter(
      (need) =>
        isAsked(need) &&
        !need.oneOf.some((key) => isOther(value, key, shape)) &&
        !need.global?.some((key) => isSet(reader.global, key)),
    )
    .map(({ oneOf, global = [], when }) => {
      const beside = when
        ? ` beside ${listed(when.filter((key) => isOther(value, key, shape)))}`
        : '';
      const nor = global.length === 0 ? '' : `, and \`global\` has no ${listed(global)} either`;
      const zero = oneOf.map((key) => value.get(key)).find((one) => one.text());
      const none = zero ? `: \`${zero.text() ?? ''}\` counts as none` : '';
      return {
        kind: 'missing-key',
        place: zero?.place ?? value.head,
        message: `${listed(oneOf)} is missing${beside}${nor}${none}`,
      };
    });
}

function conflicts(value: Value, shape: Fields): Fault[] {
  const { exclusive = [], ordered = [] } = shape;
  const together = exclusive.flatMap((group): Fault[] => {
    const [first, second] = group.filter((key) => isOther(value, key, shape));
    if (first === undefined || second === undefined) return [];
    const message = `\`${second}\` beside \`${first}\`: only one of them may be set`;
    return [{ kind: 'conflicting-keys', place: value.get(second).keyPlace, message }];
  });
  return [...together, ...ordered.flatMap((order) => disorder(value, order))];
}

function disorder(value: Value, { low, high }: Order): Fault[] {
  const [[least, leastText], [most, mostText]] = [low, high].map(
    ([key, byDefault]) => [key, value.get(key).text() ?? byDefault] as const,
  ) as [[string, string], [string, string]];
  if (!(amount(leastText) > amount(mostText))) return [];
  const at = value.get(value.has(most) ? most : least).place;
  return [wrongAt(at, `\`${least}\` is ${leastText}, above \`${most}\`, ${mostText}`)];
}

/** A duration or a number, to be compared with another of its kind; NaN when it is neither. */
function amount(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : (parseDurationMs(text) ?? NaN);
}

function unknownKey(key: string, value: Value, { fields }: Fields): Fault {
  const close = nearest(key, Object.keys(fields));
  return {
    kind: 'unknown-key',
    place: value.keyPlace,
    message: `there is no key \`${key}\` here${close === undefined ? '' : `; is \`${close}\` meant?`}`,
  };
}

function choiceFaults(value: Value, shape: Choice, { major }: Reader): Fault[] {
  const text = value.text();
  if (text !== undefined && isFilledIn(text)) return [];
  const same = (a: string): boolean =>
    shape.anyCase ? a.toLowerCase() === text?.toLowerCase() : a === text;
  if (shape.oneOf.some(same)) return [];
  const goneSince = text === undefined ? undefined : shape.gone?.[text];
  if (goneSince !== undefined && major !== undefined && major < goneSince) return [];
  const choices = shape.oneOf.filter((one) => one !== '');
  const close = nearest(text ?? '', choices);
  if (goneSince !== undefined)
    return [
      wrong(
        value,
        `\`${text ?? ''}\` is gone since version ${goneSince}: only ${choices.join(', ')} is left`,
      ),
    ];
  return [
    wrong(
      value,
      `\`${text ?? ''}\` is none of ${choices.join(', ')}${close === undefined ? '' : `; is \`${close}\` meant?`}`,
    ),
  ];
}

function wrong(value: Value, message: string): Fault {
  return wrongAt(value.isMap || value.isList ? value.head : value.place, message);
}

function wrongAt(place: Place, message: string): Fault {
  return { kind: 'value', place, message };
}

/** A scalar that somebody fills in later may become anything. */
function opaque(value: Value): boolean {
  const text = value.text();
  return text !== undefined && isFilledIn(text);
}

function listed(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(' or ');
}

function word(shape: string): string {
  return (
    { flag: 'true or false', whole: 'whole number', pattern: 'regular expression' }[shape] ?? shape
  );
}
