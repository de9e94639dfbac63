import { noticesOf } from '../../../lib/notices/index.ts';
import { titleOf } from '../../../model/expectation-kinds.ts';
import { subjectId, subjectName } from '../../../model/expectation.ts';
import type { AlertPlan, Plan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import type { Outcome, Verdict } from '../../../model/verdict.ts';
import { count } from '../../text.ts';
import { worldOf } from '../../side-by-side.ts';
import { verdictsAbout, verdictsOf } from '../../verdicts-about.ts';
import type { ChartData } from '../dashboards/chart.ts';
import type { HtmlInput } from '../input.ts';
import { mark, verdictTable, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { axisOf, ownClock, place, sinceT0, ticks } from '../time.ts';
import type { TimeAxis } from '../time.ts';
import { windowsOf } from '../windows.ts';
import { grid, timeline } from './timeline.ts';
import { LEGEND, SIGNS, notices } from './notices.ts';
import { phaseTable } from './phases.ts';
import { received } from './received.ts';
import { ruleOf } from './rule.ts';

/**
 * Every alert as a row on one time axis; an alert with several instances has a row for each below
 * it. What isn't kept stands first and is open.
 * @param charts gets the data of the graphs that the page's script draws, by their ids
 */
export function alertsSection(
  input: HtmlInput,
  axis: TimeAxis,
  charts: Record<string, ChartData>,
): Markup {
  const { plan, judgement } = input;
  const verdicts = verdictsAbout(judgement, 'alert');
  const names = [
    ...new Set([
      ...plan.alerts.map((a) => a.alert),
      ...verdicts.map((v) => subjectName(v.expectation.subject)),
    ]),
  ];
  const of = (name: string): Verdict[] =>
    verdicts.filter((v) => subjectName(v.expectation.subject) === name);
  const ordered = names.toSorted((a, b) => RANK[worstOf(of(a))] - RANK[worstOf(of(b))]);
  return html`<section id="alerts" aria-labelledby="alerts-title">
    <h2 id="alerts-title">Alerts</h2>
    <p class="lead">
      Each alert's life in this run, all on one time axis: what was done (above), its states in
      Prometheus (middle), and what people received (below). Point at anything for its time.
    </p>
    ${LEGEND}
    ${SIGNS}
    ${
      input.judgement.interruption !== null &&
      html`<p class="note">The dashed line is where the run was interrupted.</p>`
    }
    <div class="rows">
      ${timeScale(axis)}${ordered.map((name) => alertRows(input, axis, name, of(name), charts))}
    </div>
  </section>`;
}

/** The worst come first. */
const RANK: Record<Outcome, number> = { fail: 0, inconclusive: 1, pass: 2 };

function alertRows(
  input: HtmlInput,
  axis: TimeAxis,
  name: string,
  verdicts: Verdict[],
  charts: Record<string, ChartData>,
): Markup {
  const { plan } = input;
  const alert = plan.alerts.find((a) => a.alert === name);
  const tracks = plan.tracks.filter((t) => t.alert === name);
  const single = tracks.find((t) => t.id === name);
  const below = tracks.filter((t) => t !== single);
  const own = verdicts.filter((v) => !below.some((t) => t.id === subjectId(v.expectation.subject)));
  const ids = below.map((track) =>
    trackRow(input, axis, track, verdictsOf(verdicts, track.id), true, charts),
  );
  // A finding about one instance speaks of its alert too.
  const isNamed = worstOf(verdicts) !== 'pass';
  if (single) return html`${trackRow(input, axis, single, own, false, charts, isNamed)}${ids}`;
  if (own.length === 0 && ids.length === 0) return html``;
  return html`${plainRow(input, axis, name, alert, below.length > 0 ? verdicts : own, own)}${ids}`;
}

/** A row whose times are those of the world in which the track was done. */
function trackRow(
  all: HtmlInput,
  shared: TimeAxis,
  track: Track,
  verdicts: Verdict[],
  isBelow: boolean,
  charts: Record<string, ChartData>,
  isNamed = false,
): Markup {
  const home = worldOf(all.worlds, track.id);
  const input = { ...all, ...home };
  const axis = home ? axisOf(shared, home) : shared;
  const alert = input.plan.alerts.find((one) => one.alert === track.alert);
  const life = input.lives.find((l) => l.track === track.id);
  const outcome = worstOf(verdicts);
  const name =
    isBelow && track.id.startsWith(`${track.alert}/`)
      ? track.id.slice(track.alert.length + 1)
      : track.id;
  const told = toldBySilence(input.plan, track);
  const above = isBelow && html`<span class="unseen">${track.alert}: </span>`;
  const title = html`${mark(outcome)} ${above}${name}`;
  return html`<article class="row${isBelow ? ' below' : ''}" data-row data-outcome="${outcome}"
    id="${anchor('alert', track.id)}"${isNamed && html` data-named`}>
    <div class="name">
      ${isBelow ? html`<h4>${title}</h4>` : html`<h3>${title}</h3>`}
      <p class="facts">${facts(alert, track, told, isBelow)}</p>
    </div>
    ${
      alert
        ? timeline(axis, {
            plan: input.plan,
            track,
            alert,
            life,
            bySilence: told,
            described: described(track.id, verdicts),
            cutOffMs: input.evidence.interruption
              ? sinceT0(axis, input.evidence.interruption.at)
              : null,
          })
        : html`<p>not in the plan</p>`
    }
    <details${outcome !== 'pass' && html` open`}>
      <summary>${summary(verdicts)}</summary>
      ${phaseTable(
        axis,
        track,
        life,
        verdicts,
        alert ? windowsOf(axis, track, alert, life, told) : [],
      )}
      ${alert && ruleOf(input, axis, track, alert, charts)}
      ${received(axis, life)}
    </details>
  </article>`;
}

/**
 * The row of an alert without a life of its own: the Watchdog, or the head of several instances.
 */
function plainRow(
  input: HtmlInput,
  axis: TimeAxis,
  name: string,
  alert: AlertPlan | undefined,
  all: Verdict[],
  own: Verdict[],
): Markup {
  const outcome = worstOf(all);
  const told =
    input.plan.watchdog.alert === name && axis.t0 !== null
      ? noticesOf(input.evidence).filter(
          (n) => n.alertname === name && n.receivedAt >= (axis.t0 ?? 0),
        )
      : [];
  return html`<article class="row" data-row data-outcome="${outcome}" id="${anchor('alert', name)}">
    <div class="name">
      <h3>${mark(outcome)} ${name}</h3><p class="facts">${alert?.severity ?? ''}</p>
    </div>
    ${
      told.length > 0 &&
      html`<svg class="life" width="100%" height="24" role="img"
        aria-label="${name} was heard ${told.length} times">
        ${grid(axis, 24)}${notices(axis, told, 12)}
      </svg>`
    }
    <details${worstOf(own) !== 'pass' && own.length > 0 && html` open`}>
      <summary>${summary(own)}</summary>${verdictTable(own, `Expectations of ${name}`)}
    </details>
  </article>`;
}

function toldBySilence(plan: Plan, track: Track): boolean {
  return (
    plan.jobs.some((job) => job.toldBySilence !== null && job.name === track.labels['job']) &&
    track.steps.some((s) => s.phase === 'outage')
  );
}

function facts(
  alert: AlertPlan | undefined,
  track: Track,
  bySilence: boolean,
  isBelow: boolean,
): string {
  const who = bySilence
    ? "told by the Watchdog's silence"
    : (alert?.receivers ?? []).map((r) => r.kind).join(', ');
  return isBelow
    ? bySilence
      ? who
      : track.follower
        ? `inhibits ${track.follower.alert}`
        : ''
    : [alert?.severity, who].filter(Boolean).join(', ');
}

function summary(verdicts: Verdict[]): string {
  const kept = verdicts.filter((v) => v.outcome === 'pass').length;
  return verdicts.length === 0
    ? 'not judged'
    : kept === verdicts.length
      ? `${count(kept, 'expectation')} kept`
      : `${kept} of ${count(verdicts.length, 'expectation')} kept`;
}

function described(name: string, verdicts: Verdict[]): string {
  const told = verdicts.map(
    (v) => `${titleOf(v.expectation)} ${v.outcome === 'pass' ? (v.measured ?? 'kept') : v.outcome}`,
  );
  return `Life of ${name}: ${told.join('; ') || 'not judged'}`;
}

/**
 * The labels of the axis: seconds of the run, and the stack's own minutes beneath; at real time the
 * two are the same.
 */
function timeScale(axis: TimeAxis): Markup {
  const isSped = axis.speed !== 1;
  const labels = ticks(axis).map((ms) => {
    const middle = ms > 0 && html` text-anchor="middle"`;
    const x = place(axis, ms);
    if (!isSped) return html`<text x="${x}" y="12"${middle}>${ownClock(axis, ms)}</text>`;
    return html`<text x="${x}" y="12"${middle}>${ms / 1000} s</text>
      <text class="own" x="${x}" y="26"${middle}>${ownClock(axis, ms)}</text>`;
  });
  return html`<div class="scale" aria-hidden="true">
    <div class="name">
      ${isSped ? 'seconds of the run' : 'minutes of the run'}
      ${isSped && html`<br><span class="own">the stack's own time</span>`}
    </div>
    <svg width="100%" height="30">${labels}</svg>
  </div>`;
}
