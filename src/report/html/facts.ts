import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** A moment as a page tells it, to the second, in UTC. */
export function moment(atMs: number): Markup {
  const iso = new Date(atMs).toISOString();
  return html`<time datetime="${iso}">${iso.replace('T', ' ').slice(0, 19)} UTC</time>`;
}

/** What a second of the run was of the stack's own time. */
export function paceText(speed: number): string {
  return speed === 1 ? 'real time' : `${speed}: 1 s is ${speed} s of the stack's own time`;
}

/** How a command ended, and with which programs it was done. */
export function exitNote(exitCode: number, versions: Record<string, string>): Markup {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return html`<p class="note">Exit code ${exitCode}. ${programs.join(', ')}</p>`;
}
