import { html } from './markup.ts';
import type { Markup } from './markup.ts';

const KEYS: [string, string][] = [
  ['/', 'search'],
  ['j, k', 'next and previous row'],
  ['Enter', 'open or close the row'],
  ['f', "only what isn't kept"],
  ['t', 'light or dark'],
  ['Esc', 'clear the search'],
  ['?', 'this help'],
];

/**
 * What stays at the top: where one is, the filter, the search.
 * @param parts ids of the page's sections, with their titles
 * @param wrong how many expectations aren't kept, as the headline has it
 */
export function toolbar(parts: [id: string, title: string][], wrong: number): Markup {
  return html`<header class="bar">
    <nav aria-label="Parts of the report">
      ${parts.map(
        ([id, title]) =>
          html`<a href="#${id}">
            ${title}${id === 'findings' && wrong > 0 && html` <span class="badge">${wrong}</span>`}
          </a>`,
      )}
    </nav>
    <div class="tools" role="search">
      <label class="unseen" for="search">Search</label>
      <input id="search" type="search" placeholder="Search (/)" autocomplete="off"
        spellcheck="false">
      <button id="failed" type="button" aria-pressed="false" title="Only what isn't kept (f)">
        Failed only
      </button>
      <button id="theme" type="button" title="Light or dark (t)">Dark</button>
      <button id="help" type="button" aria-haspopup="dialog" title="Keys (?)">
        ?<span class="unseen"> Keys</span>
      </button>
      <output id="shown" for="search"></output>
    </div>
  </header>`;
}

/** The keys, in a dialog of the browser's own. */
export const helpDialog: Markup = html`<dialog id="keys" aria-labelledby="keys-title">
  <h2 id="keys-title">Keys</h2>
  <dl>${KEYS.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
  <form method="dialog"><button>Close</button></form>
</dialog>`;
