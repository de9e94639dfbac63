/** How sure and how bad. Errors and warnings fail the check; advice doesn't. */
export type Level = 'error' | 'warning' | 'advice';

/** A replacement in a file's text; offsets count UTF-16 units from its start. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
}

/** A mend that can't change what was meant: `--fix` applies it. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** One fault of a stack, known without starting anything. Lines and columns count from 1; the end is exclusive. */
export interface CheckFinding {
  /** Id of the rule, e.g. `promql/rate-of-gauge`. */
  rule: string;
  level: Level;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** What is wrong here, in one line. */
  title: string;
  /** Why it matters. */
  why: string;
  /** How to mend it. */
  mend: string;
  /** What it belongs to, for people: an alert's name, a panel's title. */
  subject?: string;
  fix?: Fix;
}

/** What the reports tell of a rule. */
export interface RuleInfo {
  id: string;
  level: Level;
  /** What it finds, in a few words. */
  title: string;
  why: string;
  mend: string;
}

/** A text file of the stack; `path` is relative to its folder, with slashes. */
export interface CheckFile {
  path: string;
  text: string;
  /** Set when the file couldn't be read as text: why. */
  unreadable?: string;
}

export interface CheckResult {
  findings: CheckFinding[];
  /** Findings that a comment or check.yaml switched off. */
  switchedOff: number;
  /** How many of what were looked at, for the summary; nothing at all means that there was nothing to check. */
  looked: { files: number; alerts: number; expressions: number; dashboards: number };
  rules: RuleInfo[];
  /** What the alerts' unit tests gave; absent when they weren't asked for. */
  promises?: PromiseResult;
}

/** The alerts of the contract, held against the rules as they are, at real durations. */
export interface PromiseResult {
  /** How many statements about alerts and times were made. */
  assertions: number;
  /** Alerts that were judged, with how many of their assertions say that they fire. */
  alerts: { alert: string; assertions: number; firing: number }[];
  /** Alerts that couldn't be judged, each with the reason. */
  notJudged: { alert: string; reason: string }[];
  /** Whether promtool judged them; else why not. */
  ran: true | { reason: string; because: 'absent' | 'broken' | 'failed' };
}
