import type { UnreadReason } from '../model/check.ts';

/** What makes files of templates. */
const MADE_BY: Partial<Record<UnreadReason, string>> = {
  'helm-template': 'Render it first: `helm template CHART > rendered.yaml`',
  'jinja-template': 'Let Ansible or Salt write the files to a folder first',
  'filled-in-first': 'Have the script write the file first, or copy it',
};

/**
 * How files are had of a template; undefined for what is none.
 * @param then what is to be done with them: `check`, `prove`
 */
export function renderedFirst(reason: UnreadReason, then: string): string | undefined {
  const made = MADE_BY[reason];
  return made && `${made}, and ${then} that.`;
}

/** Why nothing was read of a file, with it as the subject. */
export const WHY_UNREAD: Readonly<Record<UnreadReason, string>> = {
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

/** By this a file that isn't read as rules seems to have some. */
const SEEMS_TO_ALERT = /^[ \t-]*["']?alert["']?\s*:/m;

/** Whether alerts seem to stand in a text that isn't read as rules. */
export function seemsToAlert(text: string): boolean {
  return SEEMS_TO_ALERT.test(text);
}
