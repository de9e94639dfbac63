import { timeLeft } from '../lib/time-left.ts';
import type { Plan } from '../model/plan.ts';
import type { Phase } from '../model/track.ts';

/** What is known of a run that goes on. */
export interface RunState {
  /** What it does: "starting the stack". */
  phase: string;
  /** Time in the phase, and how long it takes, ms. */
  doneMs: number;
  totalMs: number;
  /** What is awaited at the start. */
  waitingFor: string;
  /** After so much more waiting it is given up, ms; undefined: there is no deadline. */
  withinMs?: number | undefined;
  /** Level of each component's signal by job, as far as it was told: 0 stopped, under 1 frozen. */
  components: Record<string, number>;
}

/** Colours of a picture; functions that return the text as it is without colours. */
export interface Paint {
  bold: (text: string) => string;
  dim: (text: string) => string;
  red: (text: string) => string;
  yellow: (text: string) => string;
  green: (text: string) => string;
}

/** The phases of an alert's life, in the order in which they are shown, in words. */
const PHASES: [Phase, string][] = [
  ['settle', 'settle'],
  ['near', 'near miss'],
  ['blip', 'blip'],
  ['rest', 'rest'],
  ['provoke', 'provoke'],
  ['breach', 'breach'],
  ['outage', 'outage'],
  ['recovery', 'recovery'],
  ['return', 'return'],
];
const LABEL_WIDTH = 11;
const WIDEST = 100;

/**
 * What a person sees while a run goes on: how far it is, what is done to whom, and which components
 * stand. Lines no wider than the terminal.
 */
export function picture(plan: Plan, state: RunState, width: number, paint: Paint): string {
  const room = Math.min(width, WIDEST) - 1;
  const left = timeLeft(state);
  const share = state.totalMs > 0 ? Math.min(1, Math.max(0, state.doneMs / state.totalMs)) : 0;
  const cells = Math.max(10, room - left.length - 2);
  const bar =
    `${'━'.repeat(Math.round(share * cells))}${paint.dim('─'.repeat(cells - Math.round(share * cells)))} ` +
    ` ${left}`;
  return [
    paint.bold(state.phase.slice(0, room)),
    bar,
    ...now(plan, state, room, paint),
    ...components(plan, state, room, paint),
  ].join('\n');
}

/** Who is in which phase of its life; at the start, what is awaited. */
function now(plan: Plan, state: RunState, room: number, paint: Paint): string[] {
  if (state.phase.startsWith('starting'))
    return state.waitingFor === '' ? [] : [fit(`waiting until ${state.waitingFor}`, room)];
  return PHASES.flatMap(([phase, words]) => {
    const tracks = plan.tracks.filter((track) =>
      track.steps.some(
        (step) => step.phase === phase && step.startMs <= state.doneMs && state.doneMs < step.endMs,
      ),
    );
    if (tracks.length === 0) return [];
    const label = words.padEnd(LABEL_WIDTH);
    const colour =
      phase === 'breach' || phase === 'outage'
        ? paint.red
        : phase === 'blip' || phase === 'provoke'
          ? paint.yellow
          : paint.dim;
    return [
      `${colour(label)}${fit(tracks.map((track) => track.id).join(', '), room - LABEL_WIDTH)}`,
    ];
  });
}

/** Each component with a sign for how it is; signs differ without colours too. */
function components(plan: Plan, state: RunState, room: number, paint: Paint): string[] {
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const { name } of plan.jobs) {
    const level = state.components[name] ?? 1;
    if (length + name.length + 3 > room) {
      lines.push(line);
      [line, length] = ['', 0];
    }
    line += `${level >= 1 ? paint.green('●') : level === 0 ? paint.red('○') : paint.yellow('◐')} ${name} `;
    length += name.length + 3;
  }
  return state.phase.startsWith('starting') ? [] : [...lines, line].map((text) => text.trimEnd());
}

function fit(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}
