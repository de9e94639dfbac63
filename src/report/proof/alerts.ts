import type { AlertProof, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Unsolved } from '../../model/recipe.ts';
import { withCode } from '../html/guide.ts';
import { anchor, html, raw } from '../html/markup.ts';
import type { Markup } from '../html/markup.ts';
import { mark } from '../html/marks.ts';
import type { TimeAxis } from '../html/time.ts';
import { seconds } from '../text.ts';
import { findingAnchor } from './findings.ts';
import { lifeLine } from './life-line.ts';
import { UNSOLVED, WAYS, outcomeOf, outcomeOfUnsolved } from './words.ts';

/** Every alert as a row: those that couldn't be proved first, then the worst. */
export function alertsSection({ proofs, unsolved }: ProofJudgement, axis: TimeAxis): Markup {
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
  const { alert, outcome, why, message, life } = proof;
  const own = outcomeOf(proof);
  return html`<article class="row" data-row data-outcome="${own}"
    id="${anchor('alert', String(alert.index), alert.name)}">
    <div class="name"><h3>${mark(own)} ${alert.name}</h3><p class="facts">${WAYS[outcome]}</p></div>
    ${life ? lifeLine(life, axis, alert.name) : html`<p class="facts">${withCode(why)}</p>`}
    <details${own === 'fail' && raw(' open')}>
      <summary>${told(proof)}</summary>
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

function told({ outcome, firedAfterMs, toldAfterMs, receivers: who }: AlertProof): string {
  if (firedAfterMs === null)
    return outcome === 'virtual' ? 'promtool saw it fire' : 'it was not seen firing';
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
