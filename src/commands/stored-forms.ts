import { z } from 'zod';
import { HarnessError } from '../lib/errors.ts';
import type { CheckResult } from '../model/check.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { FilesChecked } from './files-checked.ts';

// What a run keeps may have been changed since, by hand or by a program. Only the keys of a file
// and their kinds are looked at, which costs nothing; what lies deeper is as it was written.

const LIST = z.array(z.unknown());
const OBJECT = z.looseObject({});
const [TEXT, NUMBER] = [z.string(), z.number()];

/** A form in which no key of the type is forgotten. */
type FormOf<T> = Record<keyof Required<T>, z.ZodType>;

/** Any JSON object: of which version it is, is told first. */
export const ANY_OBJECT = OBJECT;

export const PLAN_FORM = z.looseObject({
  schemaVersion: NUMBER,
  stackName: TEXT,
  speed: NUMBER,
  selection: TEXT.nullable(),
  files: LIST,
  integrations: LIST,
  prometheusFlags: LIST,
  jobs: LIST,
  watchdog: OBJECT,
  alignToGroup: OBJECT.nullable(),
  alerts: LIST,
  metrics: LIST,
  quantiles: LIST,
  questions: LIST,
  panels: LIST,
  variables: LIST,
  dashboards: LIST,
  dataSources: LIST,
  grafanaRules: LIST,
  provocations: LIST,
  tracks: LIST,
  companions: LIST,
  signals: OBJECT,
  load: OBJECT,
  lengthMs: NUMBER,
  criticalPath: LIST,
  rules: OBJECT,
} satisfies FormOf<Plan>);

export const EVIDENCE_FORM = z.looseObject({
  schemaVersion: NUMBER,
  runId: TEXT,
  startedAt: NUMBER,
  t0: NUMBER.nullable(),
  endedAt: NUMBER,
  interruption: OBJECT.nullable(),
  unscraped: LIST.optional(),
  timeline: LIST,
  notifications: LIST,
  deliveries: LIST,
  blocks: TEXT.nullable(),
  pushes: LIST,
  series: LIST,
  expressions: OBJECT,
  groups: LIST,
  metrics: LIST,
  metadata: LIST,
  answers: OBJECT,
  panels: OBJECT,
  variables: OBJECT,
  grafana: OBJECT.nullable(),
  originals: LIST.optional(),
  truth: LIST,
  queryErrors: LIST,
  k6: OBJECT.nullable(),
  versions: OBJECT,
  notJudged: LIST,
  lags: LIST,
  wall: OBJECT,
} satisfies FormOf<Evidence>);

/** What was asked of a run: see `command.json` in its folder. */
export const COMMAND_FORM = z.looseObject({
  stackDir: TEXT.optional(),
  // Names of folders: none leads out of the run's.
  worlds: z.array(TEXT.regex(/^[\w-]+$/)).optional(),
});

const CHECKED = z.looseObject({
  findings: LIST,
  switchedOff: NUMBER,
  looked: OBJECT,
  rules: LIST,
  unread: LIST,
  baseline: OBJECT.optional(),
  unanswered: LIST.optional(),
  promises: OBJECT.optional(),
} satisfies FormOf<CheckResult>);

/** What the check beside the run came to: see `check.json` in its folder. */
export const CHECK_FORM = z.looseObject({
  checked: CHECKED.nullable(),
  unchecked: TEXT.nullable(),
} satisfies FormOf<FilesChecked>);

/**
 * @param path the file that the value was read from, told with each key
 * @throws HarnessError when a key is missing or of another kind
 */
export function requireForm(path: string, value: unknown, form: z.ZodType): void {
  const { error } = form.safeParse(value);
  if (!error) return;
  const wrong = error.issues.map((issue) => {
    const key = issue.path.join('.');
    return key === '' ? issue.message : `\`${key}\`: ${issue.message}`;
  });
  throw new HarnessError(
    `${path} is not as a run writes it: ${wrong.join('; ')}`,
    'It was changed since the run ended, or another version wrote it. Judge a whole copy of the ' +
      'run, or prove the stack anew (`npm run verify`).',
  );
}
