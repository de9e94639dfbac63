import { parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';

/** Texts and lists that are joined, and in texts of what length: each costs one more reading. */
const MOST_JOINED = 20;
const LONGEST_JOINED = 1_000_000;
/** How a quoted text begins that its line doesn't end, and how it ends. */
const OPENED = [
  { opening: /[:,[{-][ \t]+'(?:[^']|'')*$/, closing: /'(?:'')*(?!')/ },
  { opening: /[:,[{-][ \t]+"(?:[^"\\]|\\.)*$/, closing: /(?<!\\)(?:\\\\)*"/ },
];

/** A text's documents as the library reads them, with what Go's reader takes besides. */
export function documentsOf(text: string): Document[] {
  let documents = read(text);
  let joined = text;
  for (let tries = 0; tries < MOST_JOINED && text.length < LONGEST_JOINED; tries++) {
    const better = betterThan(joined, documents);
    if (better === undefined) break;
    joined = better;
    documents = read(joined);
  }
  return documents;
}

/** The text with what the library broke off joined; undefined: nothing can be done. */
function betterThan(text: string, documents: Document[]): string | undefined {
  const errors = documents.flatMap((document) =>
    document.errors.map(({ code, message, pos }) => ({ code, message, pos, document })),
  );
  const quoted = errors.find(
    ({ code, message }) => code === 'MISSING_CHAR' && message.includes('quote'),
  );
  const joined = quoted && joinQuoted(text, quoted.pos[0]);
  if (joined !== undefined) return joined;
  // One that nobody closes brings an error for each that it is in.
  const flow = errors.find(({ code, message }) => code === 'BAD_INDENT' && /^Flow /.test(message));
  return flow && joinFlow(text, lastFlowBefore(flow.document, flow.pos[0]));
}

function read(text: string): Document[] {
  const documents = parseAllDocuments(text, {
    prettyErrors: false,
    logLevel: 'silent',
    keepSourceTokens: false,
    // Its own merges leave no place of the keys; the converter does them.
    merge: false,
    // The library compares each key with all others; the converter does it in one pass.
    uniqueKeys: false,
  });
  return 'empty' in documents ? [] : documents;
}

/**
 * Go's YAML lets a quoted text go on further to the left than it began; the library doesn't. Line
 * ends in a quoted text are spaces, so that they may be written as such: each character stays where
 * it is.
 * @param at where the text was broken off
 */
function joinQuoted(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const quote = OPENED.find(({ opening }) => opening.test(line));
  if (!quote) return undefined;
  const closing = new RegExp(quote.closing, 'g');
  closing.lastIndex = at;
  const end = closing.exec(text)?.index;
  if (end === undefined) return undefined;
  return text.slice(0, at) + text.slice(at, end).replace(/[\r\n]/g, ' ') + text.slice(end);
}

/** Where the last list or map in brackets begins that isn't within another. */
function lastFlowBefore(document: Document, at: number): number | undefined {
  let last: number | undefined;
  visit(document, {
    Collection: (_, { flow, range }) => {
      if (flow !== true || !range) return undefined;
      if (range[0] < at) last = Math.max(last ?? 0, range[0]);
      return visit.SKIP;
    },
  });
  return last;
}

/** What a list or map in brackets is read by: texts in quotes, comments, brackets, line ends. */
const IN_FLOW =
  /(?=["'])(?<=[[{,:]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<=\s)#[^\n]*|[[\]{}\r\n]/gs;

/**
 * Within brackets Go's YAML looks at no indentation; the library ends them at a line that begins
 * too far to the left. Line ends are spaces there, and comments may as well be.
 * @param from where the brackets open
 */
function joinFlow(text: string, from: number | undefined): string | undefined {
  if (from === undefined) return undefined;
  let depth = 0;
  let joined = text.slice(0, from);
  const tokens = new RegExp(IN_FLOW);
  tokens.lastIndex = from;
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [token] = found;
    if (/^[[{]$/.test(token)) depth++;
    if (/^[\]}]$/.test(token)) depth--;
    const end = found.index + token.length;
    joined += text.slice(joined.length, found.index);
    joined += /^[#\r\n]/.test(token) ? ' '.repeat(token.length) : token.replace(/[\r\n]/g, ' ');
    if (depth === 0) return joined + text.slice(end);
  }
  return undefined;
}
