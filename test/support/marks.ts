import { markOf } from '../../src/lib/process-mark.ts';

const [pid = '', started = '', space = '', ...machine] = markOf().split('.');

/** No process has this number: the kernel's greatest is 2^22. */
export const ENDED = markOf(99_999_999);
/** Of a process that has ended, whose number another one has now. */
export const REUSED = [pid, Number(started) - 1, space, ...machine].join('.');
/** Of a process in another container on this machine, where nobody here can see it. */
export const ELSEWHERE = [99_999_999, started, Number(space) + 1, ...machine].join('.');
