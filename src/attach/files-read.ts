import type { NotJudged } from '../model/attach.ts';
import type { UnreadReason } from '../model/check.ts';
import type { Stack } from '../stack/index.ts';
import { placeText } from '../stack/place-text.ts';
import type { Rule } from '../stack/rules.ts';
import type { SourceFile } from '../stack/source/source-file.ts';

/** What could be read of the rules in somebody's files. */
export interface FilesRules {
  /** Those that can be held against what runs. */
  rules: Rule[];
  /** Those in which something can't be read. */
  unclear: Rule[];
  /** Whether there are no others, as in a file that is broken. */
  isAll: boolean;
  notJudged: NotJudged[];
}

/** By this a file seems to have rules. */
const SEEMS_TO_RULE = /^[\s-]*["']?(alert|record)["']?\s*:/m;
/** Files that may hold rules and were not taken. */
const UNTAKEN: Partial<Record<UnreadReason, string>> = {
  'helm-template': "it is a template of Helm's: render it first",
  'jinja-template': "it is a template of Jinja's: render it first",
  'filled-in-first': 'it is a template that is filled in first',
  'prometheus-1-rules': 'it is in the language of Prometheus 1',
};

/** Takes the rules of the files that can be understood, and tells what can't. */
export function rulesOfFiles(files: Stack): FilesRules {
  const broken = files.files.filter((file) => file.errors.length > 0 && isUsed(files, file));
  const refused = files.unread.filter(({ reason }) => reason === 'refused');
  const whole = files.rules.filter(({ group }) => !broken.includes(group.file));
  const faults = whole.map((rule) => ({ rule, fault: faultOf(rule) }));
  const untaken = files.unread.flatMap(({ file, reason }) => {
    const why = UNTAKEN[reason];
    return why !== undefined && SEEMS_TO_RULE.test(file.text)
      ? [{ what: file.path, why, decisive: true }]
      : [];
  });
  return {
    rules: faults.flatMap(({ rule, fault }) => (fault === undefined ? [rule] : [])),
    unclear: faults.flatMap(({ rule, fault }) => (fault === undefined ? [] : [rule])),
    isAll: broken.length + refused.length + untaken.length === 0,
    notJudged: [
      ...broken.map(brokenAt),
      ...refused.map(({ file }) => ({
        what: file.path,
        why: file.unreadable ?? 'it is refused',
        decisive: true,
      })),
      ...untaken,
      ...faults.flatMap(({ rule, fault }) =>
        fault === undefined
          ? []
          : [
              {
                what: `${rule.kind} ${rule.name} in ${placeText(rule.value.head)}`,
                why: fault,
                decisive: true,
              },
            ],
      ),
    ],
  };
}

/** Whether what a file holds, or seems to hold, is held against what runs. */
function isUsed({ groups, dashboards, relevant, unread }: Stack, file: SourceFile): boolean {
  return (
    groups.some((group) => group.file === file) ||
    dashboards.some((dashboard) => dashboard.file === file) ||
    (unread.some((one) => one.file === file && one.reason === 'broken') &&
      (relevant.includes(file) || SEEMS_TO_RULE.test(file.text)))
  );
}

function brokenAt(file: SourceFile): NotJudged {
  const [{ from, message } = { from: 0, message: 'it is broken' }] = file.errors;
  return {
    what: `${file.path}:${file.position(from).line}`,
    why: `the file can't be read there: ${message}`,
    decisive: true,
  };
}

/** Why a rule can't be held against what runs. */
function faultOf({ name, value, expression, forMs, keepFiringForMs }: Rule): string | undefined {
  if (name === '') return 'it has no name';
  if (!value.has('expr')) return 'it has no expression';
  if (expression.error) return `its expression is no PromQL: ${expression.error.message}`;
  if (expression.isForeign) return 'its expression is no PromQL';
  if (forMs === undefined) return 'its `for` is no duration';
  return keepFiringForMs === undefined ? 'its `keep_firing_for` is no duration' : undefined;
}
