import type { Stack } from '../../check/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import type { CheckResult, UnreadReason } from '../../model/check.ts';
import { LET_IT_BE_READ, refusedWords } from '../refused-by-system.ts';

/** By this a file that isn't read as rules seems to have some. */
const SEEMS_TO_ALERT = /^[\s-]*["']?alert["']?\s*:/m;

/**
 * To find nothing in what wasn't understood is no pass.
 * @throws HarnessError when there is nothing of a stack, or alerts are there and none was read
 */
export function mustBeUnderstood(stack: Stack, { looked, unread }: CheckResult, dir: string): void {
  const template = unread.find(({ reason }) => RENDERED_BY[reason] !== undefined);
  const rendering = template && RENDERED_BY[template.reason];
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
      reason === 'loki-rules' || (reason !== 'broken' && SEEMS_TO_ALERT.test(file.text)),
  );
  if (alerting && looked.alerts === 0)
    throw new HarnessError(
      `no alert was understood in ${dir}: ${alerting.file.path} seems to have some, and ${WHY_UNREAD[alerting.reason]}`,
      'Name a folder with rules as Prometheus or its operator takes them (`groups` with `rules`).',
    );
}

/** What makes files of templates. */
const RENDERED_BY: Partial<Record<UnreadReason, string>> = {
  'helm-template': 'Render it first: `helm template CHART > rendered.yaml`, and check that.',
  'jinja-template': 'Let Ansible or Salt write the files to a folder first, and check that.',
  'filled-in-first': 'Have the script write the file first, or copy it, and check that.',
};

const WHY_UNREAD: Record<UnreadReason, string> = {
  'helm-template': "is a template of Helm's",
  'jinja-template': "is a template of Jinja's",
  'filled-in-first': 'is a template that is filled in first',
  'prometheus-1-rules': 'is in the language of Prometheus 1',
  metricsql: 'is one of VictoriaMetrics',
  'loki-rules': "holds Loki's rules, whose expressions are LogQL",
  refused: "can't be read",
  'link-to-folder': "is a link to a folder, which isn't followed",
  broken: "can't be read",
  'not-of-a-stack': 'is no rule file',
};
