import { email } from './email.ts';
import type { Sink } from './sink.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

/**
 * Every service of the world outside that a run stands in for: one file each, and a place in this
 * list.
 */
export const SINKS: Sink[] = [slack, email, webhook];
