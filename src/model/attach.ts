import type { Level } from './check.ts';

/** A question to somebody's running system: reading only. */
export interface Question {
  /** Which of the programs is asked. */
  of: 'prometheus' | 'alertmanager' | 'grafana';
  /** Below the program's base, e.g. `/api/v1/query`. */
  path: string;
  parameters: Record<string, string>;
}

/** What came back: the body, or why there is none. An unanswered question is never "nothing". */
export type Answer = { body: unknown } | NoAnswer;

/** Why a question got no answer. */
export interface NoAnswer {
  error: string;
  /** What to do about it, where that is known. */
  mend?: string;
  /** That of HTTP, where the program answered with a refusal. */
  status?: number;
  /** Prometheus's own word for what went wrong, where it gave one. */
  errorType?: string;
}

/** Something that is wrong with a running system. */
export interface LiveFinding {
  /** Stable id, e.g. `live/target-down`. */
  id: string;
  level: Level;
  /** What it is about: a target, an alert, a panel. */
  subject: string;
  /** Where to look: a file with line, or the program and path that said so. */
  where: string;
  title: string;
  why: string;
  mend: string;
}

/** What of a running system was looked at, and what was found. */
export interface LiveResult {
  /** The programs that were asked, by their addresses as named (without secrets). */
  asked: { of: Question['of']; address: string; version: string | null }[];
  /** How many of each were judged. */
  looked: {
    targets: number;
    alerts: number;
    recordings: number;
    panels: number;
    metrics: number;
    requests: number;
  };
  findings: LiveFinding[];
  notJudged: NotJudged[];
}

/** What couldn't be judged, and why: neither good nor bad. */
export interface NotJudged {
  what: string;
  why: string;
  /** Whether a whole part of the judgement is missing with it: then nothing wrong is no pass. */
  decisive: boolean;
}

/** 0 nothing wrong (or advice only), 1 an error or a warning, 2 it couldn't be judged. */
export function liveExitCode({ findings, notJudged }: LiveResult): 0 | 1 | 2 {
  if (findings.some(({ level }) => level !== 'advice')) return 1;
  return notJudged.some(({ decisive }) => decisive) ? 2 : 0;
}
