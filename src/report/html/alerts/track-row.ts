import type { AlertPlan } from '../../../model/plan.ts';
import type { Track } from '../../../model/track.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { mark, worstOf } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { inWorldOf } from '../page.ts';
import type { Page } from '../page.ts';
import { sinceT0 } from '../time.ts';
import { livedOf } from './lived.ts';
import type { Lived } from './lived.ts';
import { phaseTable } from './phases.ts';
import { received } from './received.ts';
import { ruleOf } from './rule.ts';
import { timeline } from './timeline.ts';
import { windowsOf } from './windows.ts';
import { describedText, keptText } from './words.ts';

/** One alert instance as a row of the page. */
interface Row {
  track: Track;
  verdicts: Verdict[];
  /** Whether it is the alert's own row, or one of several instances or its other half below it. */
  place: 'own' | 'below' | 'half';
  /** Whether a finding speaks of it. */
  isNamed?: boolean;
}

/** A row whose times are those of the world in which the track was done. */
export function trackRow(all: Page, { track, verdicts, place, isNamed }: Row): Markup {
  const page = inWorldOf(all, track);
  const lived = livedOf(page, track);
  const alert = page.input.plan.alerts.find((one) => one.alert === track.alert);
  const outcome = worstOf(verdicts);
  return html`<article class="row${place === 'own' ? '' : ' below'}" data-row data-outcome="${outcome}"
    id="${anchor('alert', track.id, ...(place === 'half' ? ['half'] : []))}"${isNamed && html` data-named`}>
    <div class="name">
      ${place === 'own' ? headOwn(lived, verdicts, alert) : headBelow(lived, verdicts)}
    </div>
    ${alert ? timelineOf(page, lived, alert, verdicts) : html`<p>not in the plan</p>`}
    <details${outcome !== 'pass' && html` open`}>
      <summary>${keptText(verdicts)}</summary>
      ${phaseTable(lived, verdicts, alert ? windowsOf(lived, alert) : [])}
      ${alert && ruleOf(page, track, alert)}
      ${received(lived.axis, lived.life)}
    </details>
  </article>`;
}

function headOwn(
  { track, bySilence }: Lived,
  verdicts: Verdict[],
  alert: AlertPlan | undefined,
): Markup {
  const who = bySilence ? BY_SILENCE : (alert?.receivers ?? []).map((r) => r.kind).join(', ');
  const facts = [alert?.severity, who].filter(Boolean).join(', ');
  return html`<h3>${mark(worstOf(verdicts))} ${track.id}</h3>
    <p class="facts">${facts}</p>`;
}

const BY_SILENCE = "told by the Watchdog's silence";

/** Where a life is in two halves, each in a world of its own. */
const OTHER_HALF = 'quiet until then';

/** Its alert's name stands above already, for those who see it. */
function headBelow({ track, bySilence }: Lived, verdicts: Verdict[]): Markup {
  const { id, alert, follower } = track;
  const name = id === alert ? OTHER_HALF : id.slice(alert.length + 1);
  const facts = bySilence ? BY_SILENCE : follower ? `inhibits ${follower.alert}` : '';
  return html`<h4>
      ${mark(worstOf(verdicts))} <span class="unseen">${alert}: </span>${name}
    </h4>
    <p class="facts">${facts}</p>`;
}

function timelineOf(page: Page, lived: Lived, alert: AlertPlan, verdicts: Verdict[]): Markup {
  const { plan, evidence } = page.input;
  const { interruption } = evidence;
  return timeline(lived, {
    plan,
    alert,
    described: describedText(lived.track.id, verdicts),
    cutOffMs: interruption ? sinceT0(lived.axis, interruption.at) : null,
  });
}
