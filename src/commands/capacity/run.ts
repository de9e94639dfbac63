import type { Programs } from '../../programs/index.ts';
import type { Progress } from '../../lib/progress.ts';
import type { Spec } from '../../model/spec.ts';
import type { Begun } from './begin.ts';

/** All that a capacity run has at hand. */
export interface Run {
  begun: Begun;
  spec: Spec;
  /** A URL that is there already; undefined: the stack's own stand-ins are loaded. */
  target: URL | undefined;
  programs: Programs;
  progress: Progress;
  signal: AbortSignal;
}
