import { jobMovedBy } from '../lib/plan-names.ts';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { createProgress } from '../lib/progress.ts';
import { withoutSteering } from '../lib/terminal-safe.ts';
import type { Plan } from '../model/plan.ts';
import type { RunEvent } from '../run/events.ts';
import type { Output } from './output.ts';
import { picture } from './picture.ts';
import type { RunState } from './picture.ts';

const REDRAW_MS = 200;

/** Tells a person how a run goes. */
export interface Watch {
  event: (event: RunEvent) => void;
  /** A line that stays. */
  line: (text: string) => void;
  /** Ends it and clears what was drawn; calling it again does nothing. */
  stop: () => void;
}

/** On a terminal a picture that is redrawn in place; elsewhere, or with `verbose`, plain lines. */
export function watchRun(plan: Plan, output: Output, verbose: boolean): Watch {
  return output.stream.isTTY && !output.quiet && !verbose
    ? pictureOf(plan, output)
    : linesOf(output, verbose);
}

function linesOf(output: Output, verbose: boolean): Watch {
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  return {
    line: (text) => progress.line(text),
    stop: () => progress.stop(),
    event: (event) => {
      if (event.type === 'phase') progress.phase(event.text);
      else if (event.type === 'line') progress.line(event.text);
      else if (event.type === 'update') progress.update(event);
      else if (event.type === 'step' && verbose)
        progress.line(
          `${(event.atMs / 1000).toFixed(2).padStart(7)} s  ${event.step}: ${event.signal} = ${event.level}`,
        );
    },
  };
}

function pictureOf(plan: Plan, output: Output): Watch {
  const draw = createLogUpdate(output.stream, { showCursor: true });
  const paint = pc.createColors(output.color);
  const state: RunState = { phase: '', doneMs: 0, totalMs: 0, waitingFor: '', components: {} };
  let updatedAt = Date.now();
  const redraw = (): void => {
    // Between two updates the clock goes on.
    if (state.phase !== '')
      draw(picture(plan, later(state, Date.now() - updatedAt), output.stream.columns, paint));
  };
  const timer = setInterval(redraw, REDRAW_MS).unref();
  const line = (text: string): void => {
    draw.clear();
    output.stream.write(`${withoutSteering(text)}\n`);
    redraw();
  };
  return {
    line,
    stop: () => {
      clearInterval(timer);
      draw.clear();
    },
    event: (event) => {
      if (event.type === 'phase')
        Object.assign(state, {
          ...{ phase: event.text, doneMs: 0, totalMs: 0 },
          ...{ waitingFor: '', withinMs: undefined },
        });
      else if (event.type === 'line') line(event.text);
      else if (event.type === 'update')
        Object.assign(state, {
          doneMs: event.doneMs,
          totalMs: event.totalMs,
          waitingFor: event.waitingFor,
          withinMs: event.withinMs,
        });
      else if (event.type === 'step') {
        const job = jobMovedBy(event.signal);
        if (job !== undefined) state.components[job] = event.level;
      }
      updatedAt = Date.now();
      redraw();
    },
  };
}

/** The same so much later, ms. */
function later(state: RunState, ms: number): RunState {
  const { doneMs, withinMs } = state;
  return {
    ...state,
    doneMs: doneMs + ms,
    withinMs: withinMs === undefined ? undefined : withinMs - ms,
  };
}
