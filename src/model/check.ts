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

/** One mend: the lines that it changes, as they were and as they are. */
export interface Mend {
  rule: string;
  file: string;
  /** The first of the lines, from 1. */
  line: number;
  title: string;
  before: string[];
  after: string[];
}

/**
 * One fault of a stack, known without starting anything. Lines and columns count from 1; the end is
 * exclusive.
 */
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
  /** Stays the same while other lines come and go. */
  fingerprint?: string;
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
  /**
   * Set where nothing is known of what is there: the system lets nobody read the file or list the
   * folder, or a link to a folder isn't followed. The path of a folder ends with a slash.
   */
  unseen?: 'refused' | 'link-to-folder';
}

/** Why a file that may be of a stack was not taken, or in part. */
export type UnreadReason =
  /** Helm's: YAML only once it is rendered. */
  | 'helm-template'
  /** Jinja's, as Ansible and Salt have them. */
  | 'jinja-template'
  /** A template that a script fills in, or a sample that people copy. */
  | 'filled-in-first'
  /** Rules in the language of Prometheus 1. */
  | 'prometheus-1-rules'
  /** Rules of VictoriaMetrics', with expressions that only MetricsQL has. */
  | 'metricsql'
  /** Rules of Loki's, whose expressions are LogQL. */
  | 'loki-rules'
  /** The system doesn't let it be read, or the folder be listed: what is there can't be judged. */
  | 'refused'
  /** A link to a folder, which isn't followed. */
  | 'link-to-folder'
  /** It can't be read, or not as what it seems to be; its errors say why. */
  | 'broken'
  /** Nothing of a stack. */
  | 'not-of-a-stack';

/** A file or folder that was not taken, or in part. */
export interface UnreadFile {
  /** A folder's ends with a slash. */
  file: string;
  reason: UnreadReason;
  /** In words, where it couldn't be read at all. */
  why?: string;
}

export interface CheckResult {
  findings: CheckFinding[];
  /** Findings that a comment or check.yaml switched off. */
  switchedOff: number;
  /**
   * How many of what were looked at, for the summary; nothing at all means that there was nothing
   * to check.
   */
  looked: { files: number; alerts: number; expressions: number; dashboards: number };
  rules: RuleInfo[];
  /** Files of a stack that were not taken, or in part, each with the reason. */
  unread: UnreadFile[];
  /**
   * Findings left out because they are in a baseline, and entries of it that nothing is found for;
   * absent without one.
   */
  baseline?: { left: number; gone: number };
  /**
   * What programs refuse and isn't known, since they gave no answer, in words; absent when each
   * that was asked did.
   */
  unanswered?: string[];
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
  /** How many statements about panels were made. */
  panels: number;
  /** Whether promtool judged them; else why not. */
  ran: true | { reason: string; because: 'absent' | 'broken' | 'failed' };
}
