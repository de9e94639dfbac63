import { titleOf } from '../../../model/expectation-kinds.ts';
import type { Expectation } from '../../../model/expectation.ts';
import type { Track } from '../../../model/track.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { mark, measuredOf } from '../marks.ts';
import { html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import { ownClock, runSeconds } from '../time.ts';
import { beganMs } from './lived.ts';
import type { Lived } from './lived.ts';
import { doneIn } from './stimulus.ts';
import type { ExpectedWindow } from './windows.ts';

/**
 * Each phase of a life, when it was planned and when it began, and what was expected and measured
 * in it.
 */
export function phaseTable(lived: Lived, verdicts: Verdict[], windows: ExpectedWindow[]): Markup {
  const { axis, track } = lived;
  const sped = axis.speed !== 1;
  const phases = track.steps.map((step, i) => ({
    name: step.phase,
    done: doneIn(track, step.phase, step.level),
    planned: step.startMs,
    began: beganMs(lived, i),
    verdicts: verdicts.filter((v) => phaseOf(track, v) === i),
  }));
  const rest = verdicts.filter((v) => phaseOf(track, v) === -1);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Phases of ${track.id}">
    <table class="phases">
      <caption class="unseen">Phases of ${track.id}</caption>
      <thead>${columnHeads(sped)}</thead>
      <tbody>
        ${phases.map((phase) =>
          rowsOf(
            phase.verdicts,
            windows,
            (span) =>
              html`<th scope="rowgroup" rowspan="${span}">${phase.name}</th>
                <td rowspan="${span}">${phase.done}</td>
                <td rowspan="${span}" class="figure">${runSeconds(phase.planned)}</td>
                <td rowspan="${span}" class="figure">
                  ${axis.t0 === null ? '–' : runSeconds(phase.began)}
                </td>
                ${
                  sped &&
                  html`<td rowspan="${span}" class="figure">${ownClock(axis, phase.began)}</td>`
                }`,
          ),
        )}
        ${
          rest.length > 0 &&
          rowsOf(
            rest,
            windows,
            (span) =>
              html`<th scope="rowgroup" rowspan="${span}">whole run</th>
                <td colspan="${sped ? 4 : 3}" rowspan="${span}"></td>`,
          )
        }
      </tbody>
    </table>
  </div>`;
}

function columnHeads(isSped: boolean): Markup {
  const times = ['planned', 'began', ...(isSped ? ['own time'] : [])];
  const heads = ['phase', 'what is done', ...times, 'expected', 'measured', 'outcome'];
  return html`<tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr>`;
}

/** Place of the phase in which a verdict was measured; -1: none of them, it is about the run. */
function phaseOf(track: Track, verdict: Verdict): number {
  return track.steps.findLastIndex((step) => step.phase === verdict.expectation.phase);
}

function rowsOf(
  verdicts: Verdict[],
  windows: ExpectedWindow[],
  head: (span: number) => Markup,
): Markup[] {
  if (verdicts.length === 0) return [html`<tr>${head(1)}<td></td><td></td><td></td></tr>`];
  return verdicts.map(
    (v, i) =>
      html`<tr class="${v.outcome}">
        ${i === 0 && head(verdicts.length)}
        <td>
          ${titleOf(v.expectation)}
          <span class="measured"> ${allowedFor(v.expectation, windows)}</span>
        </td>
        <td>${measuredOf(v)}</td>
        <td>${mark(v.outcome)}</td>
      </tr>`,
  );
}

/** How long a change may take, as its window says; empty for what has none. */
function allowedFor(expectation: Expectation, windows: ExpectedWindow[]): string {
  const find = (what: ExpectedWindow['what']): ExpectedWindow | undefined =>
    windows.find((w) => w.what === what);
  const within = (w: ExpectedWindow | undefined): string =>
    w ? `within ${runSeconds(w.toMs - w.fromMs)}` : '';
  if (expectation.kind === 'pending-in-time') return within(find('pending'));
  if (expectation.kind === 'resolves-in-time') return within(find('resolved'));
  if (expectation.kind !== 'told') return '';
  return within(find(expectation.status === 'firing' ? 'told' : 'told of the end'));
}
