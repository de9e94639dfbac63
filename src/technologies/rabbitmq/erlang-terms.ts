/** A term in Erlang's external format (erlang.org/doc/apps/erts/erl_ext_dist.html). */
export type Term = Buffer;

/** A name, of at most 255 bytes. */
export function atom(name: string): Term {
  const text = Buffer.from(name);
  return Buffer.concat([Buffer.of(119, text.length), text]);
}

/** A whole number, in as many bytes as it needs; not negative. */
export function integer(value: number): Term {
  const digits: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.push(rest % 256);
  return Buffer.of(110, digits.length, 0, ...digits);
}

/** A number of 64 bits. */
export function float(value: number): Term {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(70, 0);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** Terms in a fixed order, at most 255. */
export function tuple(...parts: Term[]): Term {
  return Buffer.concat([Buffer.of(104, parts.length), ...parts]);
}

/** Terms one after the other, as many as there are. */
export function list(...parts: Term[]): Term {
  if (parts.length === 0) return Buffer.of(106);
  const head = Buffer.alloc(5);
  head.writeUInt8(108, 0);
  head.writeUInt32BE(parts.length, 1);
  return Buffer.concat([head, ...parts, Buffer.of(106)]);
}

/** The one process of a node that has no others. */
export function pid(node: string, creation: number): Term {
  return Buffer.concat([Buffer.of(88), atom(node), words(1, 0, creation)]);
}

/** What an answer names to say which call it is to. */
export function reference(node: string, creation: number): Term {
  return Buffer.concat([Buffer.of(90, 0, 1), atom(node), words(creation, 1)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
}
