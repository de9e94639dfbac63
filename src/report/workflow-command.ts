import { harmless } from './text.ts';

/**
 * One of GitHub's workflow commands, in one line: `::error file=…,line=…,title=…::what it says`.
 * Source: actions/toolkit, packages/core/src/command.ts.
 * @param properties in the order in which they are written; without one there is only a title
 */
export function workflowCommand(
  level: 'error' | 'warning' | 'notice',
  properties: Record<string, string | number>,
  message: string,
): string {
  const list = Object.entries(properties)
    .map(
      ([name, value]) =>
        `${name}=${property(name === 'title' ? oneLine(String(value)) : String(value))}`,
    )
    .join(',');
  return `::${level} ${list}::${data(harmless(message).trim())}`;
}

/**
 * GitHub's rule for the text: `%` first, so that what it becomes isn't escaped again
 * (`escapeData`).
 */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A title is shown in one line. */
function oneLine(text: string): string {
  return harmless(text).replace(/\s+/g, ' ').trim();
}

/** In a property `:` and `,` would end it (`escapeProperty`). */
function property(text: string): string {
  return data(harmless(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
