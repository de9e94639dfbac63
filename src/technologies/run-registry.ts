import { TECHNOLOGIES } from './registry.ts';
import type { RunningTechnology } from './running.ts';

const runs = await Promise.all(TECHNOLOGIES.flatMap(({ run }) => run?.() ?? []));

/**
 * What runs and acts, of every technology that has something to run; its drivers are loaded with
 * this module.
 */
export const RUNNING_TECHNOLOGIES: RunningTechnology[] = runs.map(({ running }) => running);
