import { nearest } from '../../lib/nearest.ts';
import type { Place, Value } from '../../stack/source/value.ts';
import { isFilledIn, labelFault, scalarFault } from './scalars.ts';
import type { Choice, Fields, Shape } from './shape.ts';

/** What a program refuses in its configuration. */
export interface Fault {
  kind: 'unknown-key' | 'duration' | 'value' | 'missing-key' | 'conflicting-keys';
  place: Place;
  message: string;
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
  if ('list' in shape) {
    if (!value.isList) return opaque(value) ? [] : [wrong(value, 'this is no list')];
    return value
      .items()
      .flatMap((item) =>
        item.exists || shape.filled === undefined
          ? faultsOf(item, shape.list, reader)
          : [wrong(item, 'an entry without anything in it')],
      );
  }
  if (!value.isMap) return opaque(value) ? [] : [wrong(value, 'this is no map of keys and values')];
  if ('map' in shape)
    return value.entries().flatMap(({ key, value: inner }) => {
      const odd = shape.keys === 'label' ? labelFault(key) : undefined;
      return [
        ...(odd ? [{ kind: odd.about, place: inner.keyPlace, message: odd.message }] : []),
        ...faultsOf(inner, shape.map, reader),
      ];
    });
  return fieldFaults(value, shape, reader);
}

function fieldFaults(value: Value, shape: Fields, reader: Reader): Fault[] {
  const faults: Fault[] = [];
  for (const { key, value: inner } of value.entries()) {
    const known = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (known !== undefined) faults.push(...faultsOf(inner, known, reader));
    else if (!isFilledIn(key)) faults.push(unknownKey(key, inner, shape));
  }
  const isSet = (holder: Value, key: string): boolean =>
    holder.get(key).exists && holder.get(key).text() !== '';
  for (const { oneOf, global = [], when } of shape.needs ?? [])
    if (
      (when?.some((key) => isSet(value, key)) ?? true) &&
      !oneOf.some((key) => isSet(value, key)) &&
      !global.some((key) => isSet(reader.global, key))
    ) {
      const beside = when ? ` beside ${listed(when.filter((key) => isSet(value, key)))}` : '';
      const nor = global.length === 0 ? '' : `, and \`global\` has no ${listed(global)} either`;
      faults.push({
        kind: 'missing-key',
        place: value.head,
        message: `${listed(oneOf)} is missing${beside}${nor}`,
      });
    }
  for (const group of shape.exclusive ?? []) {
    const both = group.filter((key) => isSet(value, key) && !value.get(key).isFalse());
    const [first, second] = both;
    if (first !== undefined && second !== undefined)
      faults.push({
        kind: 'conflicting-keys',
        place: value.get(second).keyPlace,
        message: `\`${second}\` beside \`${first}\`: only one of them may be set`,
      });
  }
  return faults;
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
  return [
    wrong(
      value,
      goneSince === undefined
        ? `\`${text ?? ''}\` is none of ${choices.join(', ')}${close === undefined ? '' : `; is \`${close}\` meant?`}`
        : `\`${text ?? ''}\` is gone since version ${goneSince}: only ${choices.join(', ')} is left`,
    ),
  ];
}

function wrong(value: Value, message: string): Fault {
  return { kind: 'value', place: value.isMap || value.isList ? value.head : value.place, message };
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
