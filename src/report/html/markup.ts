import { harmless } from '../text.ts';

/** A piece of HTML that is safe to put into a page: made by {@link html} or {@link raw} alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What may stand in a template: texts are escaped, pieces of HTML and lists of them are put in as
 * they are, null and false are nothing.
 */
export type Piece = Markup | string | number | null | false | undefined | Piece[];

/**
 * A template whose every text is escaped, so that nothing recorded from outside (a notification, a
 * label) can become HTML. How it is laid out over lines is nothing of the page's ({@link folded}).
 */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Markup {
  const parts = foldedParts(strings);
  return new Markup(
    parts.map((part, i) => (i === 0 ? part : render(values[i - 1]) + part)).join(''),
  );
}

/** Text that is HTML already: written by this project, never by what is judged. */
export function raw(text: string): Markup {
  return new Markup(text);
}

/** A text as HTML shows it, also within a quoted attribute. Control characters are dropped. */
export function escape(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * A value as JSON within a script element: `<` is escaped, or a text could end the element
 * (HTML standard, "Restrictions for contents of script elements").
 */
export function jsonBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return new Markup(`<script type="application/json" id="${escape(id)}">${json}</script>`);
}

/** An id for an anchor, from a name with any characters: the same name always gives the same id. */
export function anchor(...names: string[]): string {
  return names
    .join('-')
    .replace(
      /[^\w-]+/g,
      (other) => `_${[...other].map((letter) => letter.codePointAt(0)?.toString(36)).join('')}_`,
    );
}

/** What {@link folded} made of each template: a template's texts are the same at every call. */
const FOLDED = new WeakMap<TemplateStringsArray, string[]>();

function foldedParts(strings: TemplateStringsArray): string[] {
  const known = FOLDED.get(strings);
  if (known) return known;
  const parts = strings.map(folded);
  FOLDED.set(strings, parts);
  return parts;
}

/**
 * A template's text without its layout, as JSX has it: a line break and the indentation after it
 * are nothing beside a tag or a value, and a blank between words.
 */
function folded(text: string): string {
  return text.replace(/(^|[^])\n[ \t]*(?=([^])|$)/g, (_, before: string, after?: string) => {
    const isBesideTag = before === '>' || after === '<' || after === '>';
    const isBesideValue = before === '' || after === undefined;
    return before + (isBesideTag || isBesideValue ? '' : ' ');
  });
}

function render(value: Piece): string {
  if (value === null || value === false || value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escape(String(value));
}
