import type { PanelPlan, PanelQuery } from '../model/dashboard-plan.ts';
import type { LoadPlan } from '../model/load-plan.ts';
import type { Question } from '../model/metric-plan.ts';
import type { Plan, Timing } from '../model/plan.ts';
import type { SignalStep, Track } from '../model/track.ts';
import { widestRangeMs } from '../promql/widest-range.ts';
import { prometheusFlags } from '../speedup/prometheus-flags.ts';
import { speedUpExpr } from '../speedup/promql.ts';
import { valueExpr } from './value-expr.ts';

/**
 * A plan in the stack's own time: every `…Ms` in it counts that, and expressions are as they are
 * written.
 */
export type StackTimePlan = Omit<
  Plan,
  'speed' | 'files' | 'integrations' | 'prometheusFlags' | 'criticalPath'
>;

/** What of a plan runs with the speed; the rest of it holds no time. */
type Timed = Omit<Plan, 'files' | 'integrations' | 'criticalPath'>;

/**
 * The plan of a run at this speed: the table of timings, the timeline and the load divided by it,
 * the expressions rewritten. Moments become whole ms, so that steps follow each other exactly.
 */
export function planAtSpeed(plan: StackTimePlan, speed: number): Timed {
  const run = (ms: number): number => ms / speed;
  const moment = (ms: number): number => Math.round(ms / speed);
  const steps = (all: SignalStep[]): SignalStep[] =>
    all.map((step) => ({ ...step, atMs: moment(step.atMs) }));
  return {
    ...plan,
    speed,
    prometheusFlags: prometheusFlags(speed),
    jobs: plan.jobs.map((job) => ({ ...job, scrapeMs: run(job.scrapeMs) })),
    watchdog: { ...plan.watchdog, everyMs: run(plan.watchdog.everyMs) },
    alerts: plan.alerts.map((alert) => ({ ...alert, timing: timingAt(alert.timing, run) })),
    questions: plan.questions.map((question) => questionAt(question, speed)),
    panels: plan.panels.map((panel) => panelAt(panel, speed)),
    provocations: plan.provocations.map((one) => ({
      ...one,
      toldWithinMs: run(one.toldWithinMs),
    })),
    tracks: plan.tracks.map((track) => trackAt(track, moment)),
    companions: plan.companions.map((one) => ({
      ...one,
      fromMs: moment(one.fromMs),
      untilMs: moment(one.untilMs),
    })),
    signals: eachOf(plan.signals, steps),
    load: loadAt(plan.load, speed, moment),
    lengthMs: moment(plan.lengthMs),
    rules: eachOf(plan.rules, (rule) => {
      const runExpr = speedUpExpr(rule.expr, speed).expr;
      return { ...rule, runExpr, valueExpr: valueExpr(runExpr) };
    }),
  };
}

function eachOf<In, Out>(all: Record<string, In>, change: (one: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]));
}

/**
 * Allowances and start-ups stand in the table as the stack's time that passes meanwhile, so all of
 * it is divided.
 */
function timingAt(timing: Timing, run: (ms: number) => number): Timing {
  return eachOf({ ...timing }, run) as unknown as Timing;
}

function trackAt(track: Track, moment: (ms: number) => number): Track {
  return {
    ...track,
    steps: track.steps.map((step) => ({
      ...step,
      startMs: moment(step.startMs),
      endMs: moment(step.endMs),
    })),
  };
}

function questionAt(question: Question, speed: number): Question {
  return {
    ...question,
    query: speedUpExpr(question.query, speed).expr,
    atMs: question.atMs / speed,
  };
}

function panelAt(panel: PanelPlan, speed: number): PanelPlan {
  return {
    ...panel,
    rangeMs: panel.rangeMs / speed,
    refreshMs: panel.refreshMs === null ? null : panel.refreshMs / speed,
    queries: panel.queries.map((query) => queryAt(query, speed)),
  };
}

function queryAt(query: PanelQuery, speed: number): PanelQuery {
  const { expr: runExpr, problem } = speedUpExpr(query.runExpr, speed);
  return {
    ...query,
    runExpr,
    stepMs: query.stepMs / speed,
    windowMs: widestRangeMs(runExpr),
    problem: problem ?? null,
  };
}

/** The load's rates and delays are real already: only when it does what is divided. */
function loadAt(load: LoadPlan, speed: number, moment: (ms: number) => number): LoadPlan {
  return {
    ...load,
    speed,
    signals: eachOf(load.signals, (steps) =>
      steps.map((step) => ({ ...step, atMs: moment(step.atMs) })),
    ),
    spans: eachOf(load.spans, (spans) =>
      spans.map((span) => ({ ...span, untilMs: span.untilMs / speed })),
    ),
    probes: eachOf(load.probes, (probe) => ({ ...probe, startMs: moment(probe.startMs) })),
    slots: eachOf(load.slots, (slots) =>
      slots.map((slot) => ({ ...slot, untilMs: moment(slot.untilMs) })),
    ),
    lengthMs: moment(load.lengthMs),
  };
}
