/**
 * What one value of a configuration may be: `text` and the like for scalars, else what it is made
 * of.
 */
export type Shape = Scalar | Choice | List | Mapping | Fields;

/**
 * `count` is a whole number above 0, `duration` Prometheus's (`1h30m`), `elapsed` Go's (`1.5h`),
 * `period` a duration above zero; `url` has http or https and a host, `link` may lack both;
 * `pattern` is a regular expression of RE2, `label` a label's name, `size` a number of bytes
 * (`10MB`); `filled` is a text that isn't empty, `natural` a whole number from 0 on, `percentage`
 * one from 0 to 100, `paths` a pattern of paths with one `*` in its last part at most.
 */
export type Scalar =
  | 'any'
  | 'text'
  | 'filled'
  | 'paths'
  | 'flag'
  | 'whole'
  | 'count'
  | 'natural'
  | 'percentage'
  | 'number'
  | 'duration'
  | 'period'
  | 'elapsed'
  | 'size'
  | 'url'
  | 'link'
  | 'address'
  | 'pattern'
  | 'label'
  | 'matcher';

/** One of a few texts. */
export interface Choice {
  oneOf: readonly string[];
  anyCase?: true;
  /**
   * Values that a version took away: with the first major version of the program that refuses them.
   */
  gone?: Readonly<Record<string, number>>;
}

export interface List {
  list: Shape;
  /** An entry without a value is refused. */
  filled?: true;
  /** A list of nothing is refused. */
  some?: true;
  /** A text that stands there twice is refused. */
  unique?: true;
}

/** Keys that the user chooses. */
export interface Mapping {
  map: Shape;
  keys?: 'label';
  /** A key without a value is refused. */
  filled?: true;
  /** Keys that the program sets itself, in small letters. */
  reserved?: readonly string[];
}

/** A key that a version took away. */
export interface Gone {
  shape: Shape;
  /** The first major version of the program that refuses it. */
  since: number;
  /** The key that took its place. */
  instead: string;
}

/** A map with known keys. */
export interface Fields {
  fields: Readonly<Record<string, Shape>>;
  /** Keys that older versions of the program know. */
  gone?: Readonly<Record<string, Gone>>;
  /**
   * Go holds it by value: with nothing in it but what is so anyway, it is as if it weren't written.
   */
  byValue?: true;
  /** Of each group at least one must be set. */
  needs?: readonly Need[];
  /** Of each group at most one may be set. */
  exclusive?: readonly (readonly string[])[];
  /** Pairs of which the first may not be above the second. */
  ordered?: readonly Order[];
}

/** Two numbers or durations, each with what it is where nobody sets it. */
export interface Order {
  low: readonly [key: string, byDefault: string];
  high: readonly [key: string, byDefault: string];
}

/**
 * One of these keys, or of those in the file's `global`, must be set: always, or where one of
 * `when` is; with `where`, only where that key has this value, and where it is the default, also
 * where nobody sets it.
 */
export interface Need {
  oneOf: readonly string[];
  global?: readonly string[];
  when?: readonly string[];
  where?: { key: string; is: string; isDefault?: true };
}

/** Each of these keys must be set. */
export function all(...keys: string[]): Need[] {
  return keys.map((key) => ({ oneOf: [key] }));
}

/** Either the value itself or a file that holds it: one must be set, and not both. */
export function eitherOf(...keys: string[]): { needs: Need[]; exclusive: string[][] } {
  return { needs: [{ oneOf: keys }], exclusive: [keys] };
}
