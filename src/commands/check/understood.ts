import type { Stack } from '../../check/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import type { CheckResult } from '../../model/check.ts';
import { LET_IT_BE_READ, refusedWords } from '../refused-by-system.ts';
import { renderedFirst, seemsToAlert, WHY_UNREAD } from '../../stack/unread-words.ts';

/**
 * To find nothing in what wasn't understood is no pass.
 * @throws HarnessError when there is nothing of a stack, or alerts are there and none was read
 */
export function mustBeUnderstood(stack: Stack, { looked, unread }: CheckResult, dir: string): void {
  const template = unread.find(({ reason }) => renderedFirst(reason, 'check') !== undefined);
  const rendering = template && renderedFirst(template.reason, 'check');
  if (
    template &&
    rendering !== undefined &&
    looked.alerts + looked.expressions + looked.dashboards === 0
  )
    throw new HarnessError(
      `${template.file} ${WHY_UNREAD[template.reason]}, and nothing else of a stack lies in ${dir}`,
      rendering,
    );
  const refused = refusedWords(unread);
  if (looked.files === 0 && refused !== undefined)
    throw new HarnessError(`nothing of ${dir} could be judged: ${refused}`, LET_IT_BE_READ);
  if (looked.files === 0)
    throw new HarnessError(
      `${dir} holds nothing of an observability stack`,
      'Name the folder that has prometheus.yml, alertmanager.yml, rules, dashboards or a compose file.',
    );
  const alerting = stack.unread.find(
    ({ file, reason }) =>
      reason === 'loki-rules' || (reason !== 'broken' && seemsToAlert(file.text)),
  );
  if (alerting && looked.alerts === 0)
    throw new HarnessError(
      `no alert was understood in ${dir}: ${alerting.file.path} seems to have some, and ${WHY_UNREAD[alerting.reason]}`,
      'Name a folder with rules as Prometheus or its operator takes them (`groups` with `rules`).',
    );
}
