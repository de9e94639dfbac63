/** The element with this id; the page's skeleton has it. Throws when it hasn't. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Everything that can be searched and filtered, in the page's order. */
export function allRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-row]')];
}

/** Where the keyboard stands in a row: its summary, else itself. */
export function focusOf(row: HTMLElement): HTMLElement {
  return row.querySelector('summary') ?? row;
}
