import type { ProofJudgement } from '../../model/proof-verdict.ts';
import { documentOf } from '../html/document.ts';
import { exitNote, moment, paceText } from '../html/facts.ts';
import { withCode } from '../html/guide.ts';
import type { Assets } from '../html/input.ts';
import { html } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { mark } from '../html/marks.ts';
import type { TimeAxis } from '../html/time.ts';
import { helpDialog, toolbar } from '../html/toolbar.ts';
import { seconds } from '../text.ts';
import { alertsSection } from './alerts.ts';
import { findingsSection } from './findings.ts';
import { contractWords, doubtsOf, findingsOf, proofVerdict } from './words.ts';

const PARTS: [id: string, title: string][] = [
  ['alerts', 'Alerts'],
  ['findings', 'Findings'],
  ['about', 'About'],
];

/**
 * A proof without a contract as one HTML page that needs nothing else, as the report of a
 * verification.
 */
export function proofPage(judgement: ProofJudgement, runId: string, assets: Assets): string {
  const findings = findingsOf(judgement);
  const axis: TimeAxis = {
    t0: 0,
    lengthMs: Math.max(1_000, judgement.lengthMs),
    speed: judgement.speed,
  };
  const main = html`${head(judgement, runId)}
    ${alertsSection(judgement, axis)}
    ${findingsSection(findings, assets.guide)}
    ${about(judgement)}`;
  return documentOf({
    title: `${proofVerdict(judgement)} (${judgement.stackName}, ${runId})`,
    assets,
    bar: toolbar(PARTS, findings.filter(({ finding }) => finding.level === 'failure').length),
    main,
    help: helpDialog,
    charts: {},
  });
}

function head(judgement: ProofJudgement, runId: string): Markup {
  const { outcome, stackName, speed, wallMs, startedAt, interruption, notes } = judgement;
  return html`<section class="summary ${outcome}" aria-labelledby="verdict">
    <h1 id="verdict">${mark(outcome)} <span>${proofVerdict(judgement)}</span></h1>
    <dl class="figures">
      <div><dt>stack</dt><dd>${stackName}, ${contractWords(judgement)}</dd></div>
      <div><dt>run</dt><dd>${runId}</dd></div>
      <div>
        <dt>began</dt>
        <dd>${moment(startedAt)}</dd>
      </div>
      <div>
        <dt>speed</dt>
        <dd>${paceText(speed)}</dd>
      </div>
      <div><dt>took</dt><dd>${seconds(wallMs)}</dd></div>
    </dl>
    ${
      interruption !== null &&
      html`<p class="warning"><strong>The run ended early:</strong> ${interruption}</p>`
    }
    ${doubtsOf(judgement).map(
      ({ why, names }) =>
        html`<p class="warning"><strong>${names.length} not judged:</strong> ${why}</p>`,
    )}
    ${notes.map((note) => html`<p class="note">${withCode(note)}.</p>`)}
  </section>`;
}

function about({ speedReason, versions, exitCode }: ProofJudgement): Markup {
  return html`<section id="about" aria-labelledby="about-title">
    <h2 id="about-title">About this run</h2>
    <p class="lead">
      Series that make each alert true just over its limit were worked out from its expression,
      confirmed by promtool, and served by synthetic targets at the stack's own addresses to the
      real Prometheus. What it sent went through the real Alertmanager to receivers within the run.
    </p>
    <dl><dt>speed</dt><dd>${speedReason}</dd></dl>
    ${exitNote(exitCode, versions)}
  </section>`;
}
