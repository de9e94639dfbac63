import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execaSync } from 'execa';
import GithubSlugger from 'github-slugger';
import { marked } from 'marked';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** Folders whose paths are written in backticks all over the docs, from the project's root. */
const IN_BACKTICKS =
  /^(?:src|test|scenarios|scripts|docs|stack|fake-services|\.github|\.ci)\/[\w./-]+$/;

interface Page {
  /** Where a link leads: a path from the page's folder, an anchor, or both. */
  links: string[];
  /** Paths of the project that are named in backticks. */
  paths: string[];
  /** What an anchor can name: headings, as GitHub turns them into ids, and elements with an id. */
  anchors: Set<string>;
}

/** What a page in Markdown names. */
function readPage(text: string): Page {
  const page: Page = { links: [], paths: [], anchors: new Set() };
  const slugger = new GithubSlugger();
  void marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type === 'link' || token.type === 'image') page.links.push(String(token['href']));
    else if (token.type === 'codespan' && IN_BACKTICKS.test(token.raw.replaceAll('`', '')))
      page.paths.push(token.raw.replaceAll('`', ''));
    else if (token.type === 'heading') page.anchors.add(slugger.slug(plainText(token)));
    else if (token.type === 'html')
      for (const [, id] of token.raw.matchAll(/\bid="([^"]+)"/g)) page.anchors.add(id ?? '');
  });
  return page;
}

function plainText(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plainText).join('');
  return 'text' in token ? String(token.text) : '';
}

/** What a page names and isn't there. */
function broken(
  file: string,
  text: string,
  textOf: (path: string) => string | undefined,
): string[] {
  const page = readPage(text);
  const links = page.links
    .filter((link) => !/^[a-z]+:/.test(link))
    .flatMap((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
      const there = path === '' ? text : textOf(target);
      if (there === undefined) return [`${link}: no such file`];
      return anchor === undefined || !target.endsWith('.md') || readPage(there).anchors.has(anchor)
        ? []
        : [`${link}: no such heading`];
    });
  // A how-to names files that its reader makes.
  const made = new Set([...text.matchAll(/`([^`]+)`, a new file:$/gm)].map(([, path]) => path));
  return [
    ...links,
    ...page.paths
      .filter((path) => !made.has(path) && textOf(path) === undefined)
      .map((path) => `${path}: no such file`),
  ];
}

/** A file's text, '' for a folder, undefined for what isn't there. */
function onDisk(path: string): string | undefined {
  const at = join(ROOT, path);
  if (!existsSync(at)) return undefined;
  return at.endsWith('.md') ? readFileSync(at, 'utf8') : '';
}

describe('links', () => {
  const files = execaSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
    { cwd: ROOT },
  )
    .stdout.split('\n')
    .filter((file) => existsSync(join(ROOT, file)));

  it.each(files)('%s names nothing that is not there', (file) => {
    expect(broken(file, onDisk(file) ?? '', onDisk)).toEqual([]);
  });

  it.each([
    ['a file', '[x](missing.md)', ['missing.md: no such file']],
    ['an image', '![x](missing.png)', ['missing.png: no such file']],
    ['a heading', '[x](#b)\n\n# A', ['#b: no such heading']],
    ["another page's heading", '[x](other.md#b)', ['other.md#b: no such heading']],
    ['a path in backticks', 'see `src/missing.ts`', ['src/missing.ts: no such file']],
    [
      'none of them',
      '[x](other.md#two-words) [y](#a) <a id="z"></a> [z](#z) `src/there.ts` [w](https://example.com/x)\n\n# A',
      [],
    ],
  ])('%s that is missing is told', (_what, text, expected) => {
    const files: Record<string, string> = { 'docs/other.md': '## Two words', 'src/there.ts': '' };
    expect(broken('docs/page.md', text, (path) => files[path])).toEqual(expected);
  });
});
