/** What an element is made of: text, elements, and nothing. */
type Child = Node | string | null;

/**
 * An element with these attributes and children. What is given is text, never HTML: it comes from
 * what is looked at.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A shape of an SVG. */
export function shape(tag: string, attributes: Record<string, string>, title?: string): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (title !== undefined) {
    const text = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    text.textContent = title;
    made.append(text);
  }
  return made;
}

/** Shows the text, or hides the element where there is none. */
export function say(place: HTMLElement, text: string | null): void {
  place.hidden = text === null;
  if (text !== null && place.textContent !== text) place.textContent = text;
}

/** `4 s`, `3 min`, `2 h`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
