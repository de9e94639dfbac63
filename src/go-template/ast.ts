/**
 * A template of Go's text/template, as far as the rules need it. Offsets are those of the
 * template's text.
 */
export interface At {
  from: number;
  to: number;
}

export type Node = Text | Action | Block | Use;

export interface Text extends At {
  type: 'text';
  text: string;
}

export interface Action extends At {
  type: 'action';
  pipe: Pipe;
}

/** `if`, `with`, `range`, `define`, `block`. */
export interface Block extends At {
  type: 'block';
  keyword: string;
  /** For `define` and `block`. */
  name: string | undefined;
  pipe: Pipe | undefined;
  body: Node[];
  otherwise: Node[];
  /** Its `{{ end }}`; `from` and `to` are of what opens it. */
  end: At;
}

/** `{{ template "name" . }}` */
export interface Use extends At {
  type: 'use';
  name: string;
  pipe: Pipe | undefined;
}

export interface Pipe extends At {
  declares: string[];
  /** Whether they are there already (`=`, not `:=`). */
  assigns: boolean;
  commands: Operand[][];
}

export type Operand = Field | Variable | Name | Literal | Nested;

/** `.a.b`, or `.` with an empty path. */
export interface Field extends At {
  type: 'field';
  path: string[];
}

/** `$a.b`; the name without `$`. */
export interface Variable extends At {
  type: 'variable';
  name: string;
  path: string[];
}

/** A function's name. */
export interface Name extends At {
  type: 'name';
  name: string;
}

export interface Literal extends At {
  type: 'literal';
  /** The text of a text; the source of a number. */
  value: string;
  isNumber: boolean;
  /** `true`, `false` or `nil`. */
  isWord?: true;
}

/** `( … ).a` */
export interface Nested extends At {
  type: 'nested';
  pipe: Pipe;
  path: string[];
}

export interface TemplateError extends At {
  message: string;
}
