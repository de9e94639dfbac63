import type { Assets } from './input.ts';
import { html, jsonBlock, raw } from './markup.ts';
import type { Markup } from './markup.ts';
import { securityPolicy } from './policy.ts';

/** An editor that opens files by an address. */
export interface Editor {
  /** What stands before the path, or an address with `{path}`, `{line}` and `{column}`. */
  address: string;
  /** The stack's folder on the machine of whoever reads the page; it ends with a slash. */
  root: string;
}

/** What differs between the pages: a verification's, a capacity run's, a proof's. */
export interface Page {
  title: string;
  assets: Pick<Assets, 'script' | 'styles'>;
  /** What stays at the top. */
  bar: Markup;
  main: Markup;
  /** The dialog that explains the keys, where there are any. */
  help?: Markup;
  /** Data of the graphs that the page's script draws, by their ids. */
  charts: Record<string, unknown>;
  /** The stack's folder, to which the places in the page are relative; it ends with a slash. */
  stackDir?: string;
  /** Where places are opened; without it they can only be copied. */
  editor?: Editor | undefined;
}

/** A whole page that needs nothing else: no server, no network. */
export function documentOf({
  title,
  assets,
  bar,
  main,
  help,
  charts,
  stackDir,
  editor,
}: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${securityPolicy(assets)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        <style>${raw(assets.styles)}</style>
      </head>
      <body${attributes({ stack: stackDir, editor: editor?.address, root: editor?.root })}>
        <a class="skip" href="#main">Skip to the report</a>
        ${bar}
        <main id="main">${main}</main>
        ${help}
        ${jsonBlock('charts', charts)}
        <script>${raw(assets.script)}</script>
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** What the page's script reads of its body; what isn't known isn't there. */
function attributes(known: Record<string, string | undefined>): Markup[] {
  return Object.entries(known).flatMap(([name, value]) =>
    value === undefined ? [] : [html` ${raw(`data-${name}`)}="${value}"`],
  );
}
