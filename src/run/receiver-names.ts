import { OBSERVER } from '../model/observed.ts';

/** The names at which the run's own receivers are called. */
export const RECEIVERS = ['smtp', 'slack', 'deadman', OBSERVER.host];

/** Services' own names, as a configuration may hold them: who answers at each in a run. */
export const PUBLIC_NAMES: Record<string, string> = { 'hooks.slack.com': 'slack' };
