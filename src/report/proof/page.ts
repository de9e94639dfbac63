import { formatSource } from '../../model/source.ts';
import type { AlertProof, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Unsolved } from '../../model/recipe.ts';
import { documentOf } from '../html/document.ts';
import { exitNote, moment, paceText } from '../html/facts.ts';
import { guideFor, withCode } from '../html/guide.ts';
import type { Assets } from '../html/input.ts';
import { anchor, html, raw } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { mark } from '../html/marks.ts';
import type { TimeAxis } from '../html/time.ts';
import { helpDialog, toolbar } from '../html/toolbar.ts';
import { seconds } from '../text.ts';
import { lifeLine } from './life-line.ts';
import { UNSOLVED, WAYS, findingsOf, outcomeOf, outcomeOfUnsolved } from './words.ts';
import { contractWords, doubtsOf, proofVerdict, titleOf } from './words.ts';
import type { OwnedFinding } from './words.ts';

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
    ${alerts(judgement, axis)}
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

function alerts({ proofs, unsolved }: ProofJudgement, axis: TimeAxis): Markup {
  const worst = ['fail', 'inconclusive', 'pass'];
  const sorted = [...proofs].sort(
    (a, b) => worst.indexOf(outcomeOf(a)) - worst.indexOf(outcomeOf(b)),
  );
  return html`<section id="alerts" aria-labelledby="alerts-title">
    <h2 id="alerts-title">Alerts</h2>
    <p class="lead">
      Each alert stands just below its limit, goes just over it, and is calm again. Which way it was
      proved stands below its name.
    </p>
    <ul class="legend">
      <li><span class="key near"></span>near its limit</li>
      <li><span class="key breach"></span>over it</li>
      <li><span class="key pending"></span>pending</li>
      <li><span class="key firing"></span>firing</li>
    </ul>
    <div class="rows">
      ${unsolved.map(unsolvedRow)}${sorted.map((proof) => alertRow(proof, axis))}
    </div>
  </section>`;
}

function alertRow(proof: AlertProof, axis: TimeAxis): Markup {
  const { alert, outcome, why, firedAfterMs, toldAfterMs, receivers, message, life } = proof;
  const own = outcomeOf(proof);
  return html`<article class="row" data-row data-outcome="${own}"
    id="${anchor('alert', String(alert.index), alert.name)}">
    <div class="name"><h3>${mark(own)} ${alert.name}</h3><p class="facts">${WAYS[outcome]}</p></div>
    ${life ? lifeLine(life, axis, alert.name) : html`<p class="facts">${why}</p>`}
    <details${own === 'fail' && raw(' open')}>
      <summary>${told(firedAfterMs, toldAfterMs, receivers)}</summary>
      <dl>
        <dt>where</dt>
        <dd><code class="where">${alert.file}:${alert.line}</code></dd>
        ${why !== '' && html`<dt>why this way</dt><dd>${withCode(why)}</dd>`}
        ${proof.findings.map(
          (finding) =>
            html`<dt>${finding.id}</dt>
              <dd>
                <a href="#${findingAnchor({ alert: alert.name, finding })}">${finding.seen}</a>:
                ${' '}${withCode(finding.likelyCause)}
              </dd>`,
        )}
      </dl>
      ${
        message !== null &&
        html`<div class="received">
          <p class="sent">as people got it</p><pre tabindex="0">${message}</pre>
        </div>`
      }
    </details>
  </article>`;
}

function told(firedAfterMs: number | null, toldAfterMs: number | null, who: string[]): string {
  if (firedAfterMs === null) return 'it was not seen firing';
  const fired = `fired after ${seconds(firedAfterMs)}`;
  if (toldAfterMs === null) return who.length === 0 ? fired : `${fired}, nobody was told`;
  return `${fired}, ${who.join(' and ')} told ${seconds(toldAfterMs)} later`;
}

function unsolvedRow(unsolved: Unsolved): Markup {
  const { alert, kind, reason } = unsolved;
  const outcome = outcomeOfUnsolved(unsolved);
  const question = kind === 'needs-word' ? ` ${unsolved.question}` : '';
  return html`<article class="row plain" data-row data-outcome="${outcome}"
    id="${anchor('alert', String(alert.index), alert.name)}">
    <div class="name">
      <h3>${mark(outcome)} ${alert.name}</h3><p class="facts">${UNSOLVED[kind]}</p>
    </div>
    <p>${withCode(reason)}${question} <code class="where">${alert.file}:${alert.line}</code></p>
  </article>`;
}

function findingsSection(findings: OwnedFinding[], guide: string): Markup {
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      findings.length === 0
        ? html`<p class="nothing">None.</p>`
        : findings.map((one) => findingCard(one, guide))
    }
  </section>`;
}

function findingCard(owned: OwnedFinding, guide: string): Markup {
  const { finding } = owned;
  const { mend, paragraphs } = guideFor(guide, finding.id);
  const outcome = finding.level === 'failure' ? 'fail' : 'inconclusive';
  return html`<article class="finding ${outcome}" data-row data-outcome="${outcome}"
    id="${findingAnchor(owned)}">
    <h3>${finding.level === 'failure' ? mark('fail') : 'Advice:'} ${titleOf(owned)}</h3>
    <dl>
      ${
        finding.source &&
        html`<dt>where</dt><dd><code class="where">${formatSource(finding.source)}</code></dd>`
      }
      <dt>expected</dt>
      <dd class="told">${withCode(finding.expected)}</dd>
      <dt>seen</dt>
      <dd class="told">${finding.seen}</dd>
      <dt>likely cause</dt>
      <dd>${withCode(finding.likelyCause)}</dd>
      ${mend && html`<dt>how to mend</dt><dd>${mend}</dd>`}
    </dl>
    ${
      paragraphs.length > 0 &&
      html`<details>
        <summary>More about ${finding.id}</summary><div class="guide">${paragraphs}</div>
      </details>`
    }
  </article>`;
}

function findingAnchor(owned: OwnedFinding): string {
  return anchor('finding', owned.alert ?? 'stack', owned.finding.id);
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
