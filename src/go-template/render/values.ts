/**
 * A value as a template sees it, as far as its kind decides what may be done with it. What isn't
 * known of a value is left open: a text without `text` may be any text, `any` may be anything and
 * nothing that is done to it is a fault.
 */
export type GoValue = Float | Int | Text | Bool | Nil | GoMap | List | Struct | Time | Any;

export interface Float {
  kind: 'float';
  number: number;
}
export interface Int {
  kind: 'int';
  number: number;
}
export interface Text {
  kind: 'string';
  text: string | undefined;
}
export interface Bool {
  kind: 'bool';
  is: boolean;
}
/** What a key gives that isn't there, and a template that is called without its dot. */
export interface Nil {
  kind: 'nil';
}
export interface GoMap {
  kind: 'map';
  entries: ReadonlyMap<string, GoValue>;
  /** What any other key gives. */
  other: GoValue;
  /** There are no keys but these: `other` is what one gives that isn't there. */
  complete?: true;
  methods?: Methods;
}
export interface List {
  kind: 'list';
  items: readonly GoValue[];
  methods?: Methods;
}
export interface Struct {
  kind: 'struct';
  name: string;
  fields: ReadonlyMap<string, GoValue>;
}
export interface Time {
  kind: 'time';
  /** Unix ms, in UTC; undefined: any time. */
  ms?: number;
}
export interface Any {
  kind: 'any';
}
/** What a method gives; its arguments aren't judged. */
export type Methods = Readonly<Record<string, GoValue>>;

export const ANY: Any = { kind: 'any' };
export const NIL: Nil = { kind: 'nil' };
export const SOME_TEXT: Text = { kind: 'string', text: undefined };
export const text = (value: string): Text => ({ kind: 'string', text: value });
export const float = (number: number): Float => ({ kind: 'float', number });
export const int = (number: number): Int => ({ kind: 'int', number });
export const bool = (is: boolean): Bool => ({ kind: 'bool', is });
export const list = (...items: GoValue[]): List => ({ kind: 'list', items });
export const struct = (name: string, fields: Record<string, GoValue>): Struct => ({
  kind: 'struct',
  name,
  fields: new Map(Object.entries(fields)),
});

/** Why filling in a template fails, in words for people. */
export class Breaks extends Error {}

/** A value's kind, for people. */
export function nameOf(value: GoValue): string {
  switch (value.kind) {
    case 'float':
      return 'a number';
    case 'int':
      return 'a whole number';
    case 'string':
      return 'a text';
    case 'bool':
      return 'true or false';
    case 'nil':
      return 'nothing';
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'struct':
      return value.name;
    case 'time':
      return 'a time';
    case 'any':
      return 'a value';
  }
}

/** Whether `if` takes it for true (text/template, `IsTrue`); undefined: that depends. */
export function truthOf(value: GoValue): boolean | undefined {
  switch (value.kind) {
    case 'float':
    case 'int':
      return value.number !== 0;
    case 'string':
      return value.text === undefined ? undefined : value.text !== '';
    case 'bool':
      return value.is;
    case 'nil':
      return false;
    case 'map':
      if (value.entries.size > 0) return true;
      return value.complete || value.other.kind === 'nil' ? false : undefined;
    case 'list':
      return value.items.length > 0;
    case 'struct':
    case 'time':
      return true;
    case 'any':
      return undefined;
  }
}

/**
 * The field or key of a value (text/template/exec.go, `evalField`; `missingkey=zero`, as both
 * programs set it).
 * @throws Breaks where its kind has none of that name
 */
export function fieldOf(value: GoValue, name: string): GoValue {
  switch (value.kind) {
    case 'any':
      return ANY;
    case 'time':
      return name === 'UTC' ? value : ANY;
    case 'nil':
      return NIL;
    case 'map':
      return value.methods?.[name] ?? value.entries.get(name) ?? value.other;
    case 'struct': {
      const field = value.fields.get(name);
      if (field) return field;
      throw new Breaks(
        `${value.name} has no \`.${name}\`: it has ${[...value.fields.keys()].join(', ')}`,
      );
    }
    case 'list': {
      const method = value.methods?.[name];
      if (method) return method;
      throw new Breaks(`a list has no \`.${name}\`: take one of it by \`first\` or \`range\``);
    }
    case 'bool':
    case 'float':
    case 'int':
    case 'string':
      throw new Breaks(`${nameOf(value)} has no \`.${name}\``);
  }
}
