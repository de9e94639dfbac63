import type { Node } from '../../go-template/ast.ts';

/** A template that is wrong in one place, by offsets in its text. */
export interface TemplateMistake {
  from: number;
  to: number;
  /** What stands there then. */
  text: string;
}

/** A template, and what is known of all the others. */
export interface TemplateContext {
  text: string;
  nodes: Node[];
  /** Paths of fields that stand anywhere in the stack's templates, such as `.Labels.job`. */
  fields: readonly string[];
  /** Templates that can be called by name. */
  names: readonly string[];
}

/** One way of getting a template wrong. */
export interface TemplateOperator {
  id: string;
  mistakes: (context: TemplateContext) => TemplateMistake[];
}
