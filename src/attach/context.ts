import type { LiveFinding, NotJudged, Question } from '../model/attach.ts';
import type { Stack } from '../stack/index.ts';
import type { Silence } from './silence.ts';
import type { Reader } from './client/index.ts';

export interface AttachOptions {
  /** Where each program answers, as people may see it. */
  addresses: Partial<Record<Question['of'], string>>;
  /** The files that the system should be made of; without them it is held against itself alone. */
  files?: Stack;
  /** How far back alerts are looked at, ms; 0: not at all. */
  lastMs: number;
  /** The most time that one query may take, ms. */
  timeoutMs: number;
  nowMs: number;
  /** What is being done, for the progress. */
  phase: (text: string) => void;
}

/** What the parts of a judgement share: the system, and where findings go. */
export interface AttachContext {
  reader: Reader;
  options: AttachOptions;
  system: Stack;
  findings: LiveFinding[];
  notJudged: NotJudged[];
  /** What is missing because nothing is scraped where it comes from: that is told by itself. */
  silence: Silence;
}
