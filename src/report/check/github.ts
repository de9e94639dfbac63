import type { CheckResult } from '../../model/check.ts';
import { harmless } from '../text.ts';

const COMMANDS = { error: 'error', warning: 'warning', advice: 'notice' };

/**
 * The findings as GitHub's workflow commands: annotations at the lines of a pull request.
 * @param prefix the stack's folder relative to the repository, with a slash at its end, or nothing; for one outside of
 *   it the places stand in the message, for GitHub couldn't open them
 */
export function checkGithub({ findings }: CheckResult, prefix: string): string {
  return findings.map((f) => {
    const outside = prefix.startsWith('../') || prefix.startsWith('/');
    const place = outside ? {} : { file: `${prefix}${f.file}`, line: f.line, endLine: f.endLine, col: f.column, ...(f.endLine === f.line ? { endColumn: f.endColumn } : {}) };
    const properties = { ...place, title: `${f.title} [${f.rule}]` };
    const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`).join(',');
    return `::${COMMANDS[f.level]} ${list}::${data(`${outside ? `${prefix}${f.file}:${f.line}:${f.column}\n` : ''}${f.why}\n${f.mend}`)}`;
  }).join('\n');
}

/** The message of a command (actions/toolkit, command.ts, `escapeData`). */
function data(text: string): string {
  return harmless(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property of a command (`escapeProperty`). */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
