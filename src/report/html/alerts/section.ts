import { subjectName } from '../../../model/expectation.ts';
import type { Track } from '../../../model/track.ts';
import type { Outcome, Verdict } from '../../../model/verdict.ts';
import { isIn, verdictsAbout, verdictsOf } from '../../verdicts-about.ts';
import { worstOf } from '../marks.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { LEGEND, SIGNS } from './notices.ts';
import { plainRow } from './plain-row.ts';
import { timeScale } from './time-scale.ts';
import { trackRow } from './track-row.ts';

/** The worst come first. */
const RANK: Record<Outcome, number> = { fail: 0, inconclusive: 1, pass: 2 };

/**
 * Every alert as a row on one time axis; an alert with several instances has a row for each below
 * it. What isn't kept stands first and is open.
 */
export function alertsSection(page: Page): Markup {
  const { plan, judgement } = page.input;
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
      judgement.interruption !== null &&
      html`<p class="note">The dashed line is where the run was interrupted.</p>`
    }
    <div class="rows">
      ${timeScale(page.axis)}${ordered.map((name) => alertRows(page, name, of(name)))}
    </div>
  </section>`;
}

/** An alert's own row, and one for each of its instances, or the other half of its life, below. */
function alertRows(page: Page, name: string, verdicts: Verdict[]): Markup {
  const tracks = page.input.plan.tracks.filter((t) => t.alert === name);
  const single = tracks.find((t) => t.id === name);
  const below = tracks.filter((t) => t !== single);
  const of = (track: Track): Verdict[] => {
    const all = verdictsOf(verdicts, track.id);
    return track.id === name ? all.filter((verdict) => isIn(track, verdict)) : all;
  };
  const isBelow = new Set(below.flatMap(of));
  const own = verdicts.filter((verdict) => !isBelow.has(verdict));
  const rows = below.map((track) =>
    trackRow(page, { track, verdicts: of(track), place: track.id === name ? 'half' : 'below' }),
  );
  if (single) {
    // A finding about one instance speaks of its alert too.
    const isNamed = worstOf(verdicts) !== 'pass';
    return html`${trackRow(page, { track: single, verdicts: own, place: 'own', isNamed })}${rows}`;
  }
  if (own.length === 0 && rows.length === 0) return html``;
  const outcome = worstOf(below.length > 0 ? verdicts : own);
  return html`${plainRow(page, name, own, outcome)}${rows}`;
}
