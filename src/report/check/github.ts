import type { CheckResult } from '../../model/check.ts';
import { workflowCommand } from '../workflow-command.ts';

const COMMANDS = { error: 'error', warning: 'warning', advice: 'notice' } as const;

/**
 * The findings as GitHub's workflow commands: annotations at the lines of a pull request.
 * @param prefix the stack's folder relative to the repository, with a slash at its end, or nothing;
 * for one outside of
 *   it the places stand in the message, for GitHub couldn't open them
 */
export function checkGithub({ findings }: CheckResult, prefix: string): string {
  return findings
    .map((f) => {
      const outside = prefix.startsWith('../') || prefix.startsWith('/');
      const place = outside
        ? {}
        : {
            file: `${prefix}${f.file}`,
            line: f.line,
            endLine: f.endLine,
            col: f.column,
            ...(f.endLine === f.line ? { endColumn: f.endColumn } : {}),
          };
      return workflowCommand(
        COMMANDS[f.level],
        { ...place, title: `${f.title} [${f.rule}]` },
        `${outside ? `${prefix}${f.file}:${f.line}:${f.column}\n` : ''}${f.why}\n${f.mend}`,
      );
    })
    .join('\n');
}
