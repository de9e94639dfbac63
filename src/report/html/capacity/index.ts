import { withUnit } from '../../../lib/amounts.ts';
import type { CapacityResult } from '../../../model/capacity.ts';
import { documentOf } from '../document.ts';
import { exitNote, moment } from '../facts.ts';
import type { Assets } from '../input.ts';
import { mark } from '../marks.ts';
import { anchor, html } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { LoadChart } from './chart.ts';
import { dimensionSection } from './section.ts';

const WORDS = { 0: 'All that is needed is held', 1: 'A promise is not kept', 2: "Couldn't judge" };
const COMPARED = {
  'within the spread': 'pass',
  better: 'pass',
  worse: 'fail',
  'not comparable': 'inconclusive',
} as const;
const OUTCOMES = { 0: 'pass', 1: 'fail', 2: 'inconclusive' } as const;

/**
 * The result of a capacity run as one HTML page that needs nothing else, as the report of a
 * verification.
 */
export function capacityReport(
  result: CapacityResult,
  assets: Pick<Assets, 'script' | 'styles'>,
): string {
  const charts: Record<string, LoadChart> = {};
  const sections = result.dimensions.map((dimension) => dimensionSection(dimension, charts));
  return documentOf({
    title:
      `Capacity: ${WORDS[result.exitCode]} ` +
      `(${result.target ?? result.stackName}, ${result.runId})`,
    assets,
    bar: bar(result),
    main: html`${head(result)}${sections}${about(result)}`,
    charts,
  });
}

function bar({ dimensions }: CapacityResult): Markup {
  return html`<header class="bar">
    <nav aria-label="Parts of the report">
      ${dimensions.map(
        ({ dimension }) =>
          html`<a href="#${anchor('dimension', dimension.id)}">${dimension.title}</a>`,
      )}
      <a href="#about">About</a>
    </nav>
    <div class="tools"><button id="theme" type="button" title="Light or dark">Dark</button></div>
  </header>`;
}

function head(result: CapacityResult): Markup {
  const { machine, needs, comparisons, interruption, exitCode, startedAt, endedAt } = result;
  const outcome = OUTCOMES[exitCode];
  return html`<section class="summary ${outcome}" aria-labelledby="verdict">
    <h1 id="verdict">${mark(outcome)} <span>${WORDS[exitCode]}</span></h1>
    <dl class="figures">
      <div>
        <dt>${result.target === null ? 'stack' : 'target'}</dt>
        <dd>${result.target ?? result.stackName}</dd>
      </div>
      <div><dt>run</dt><dd>${result.runId}</dd></div>
      <div><dt>began</dt><dd>${moment(startedAt)}</dd></div>
      <div><dt>took</dt><dd>${Math.round((endedAt - startedAt) / 1000)} s</dd></div>
      <div>
        <dt>machine</dt>
        <dd>${machine.cores} × ${machine.cpuModel}, ${withUnit(machine.memoryBytes, 'bytes')}</dd>
      </div>
    </dl>
    <p class="note">
      Generator and subject shared this machine: on another one, or apart, the figures are others.
    </p>
    ${
      interruption !== null &&
      html`<p class="warning"><strong>Not finished:</strong> ${interruption}</p>`
    }
    ${
      needs.length > 0 &&
      html`<h2 class="small">What the contract needs</h2><ul class="wrong">${needs.map(
        ({ outcome: one, need, text }) =>
          html`<li>${mark(one)} <strong>${need.dimension}</strong>: ${text}</li>`,
      )}</ul>`
    }
    ${
      comparisons &&
      html`<h2 class="small">Beside the baseline</h2><ul class="wrong">${comparisons.map(
        ({ outcome: one, dimension, text }) =>
          html`<li>${mark(COMPARED[one])} <strong>${dimension}</strong>: ${one}: ${text}</li>`,
      )}</ul>`
    }
  </section>`;
}

function about({ runId, versions, exitCode }: CapacityResult): Markup {
  return html`<section id="about" aria-labelledby="about-title">
    <h2 id="about-title">About this run</h2>
    <p class="lead">
      A load doubles until something breaks, then the saturation point is searched between the
      highest load that held and the lowest that broke. Latency counts from the moment at which a
      request was to be sent. Steps that don't count (a busy machine, a generator at its limit) are
      in the tables, and in no curve.
    </p>
    <dl>
      <dt>compare another run with this one</dt>
      <dd><code>npm run capacity -- --baseline runs/${runId}/capacity.json</code></dd>
    </dl>
    ${exitNote(exitCode, versions)}
  </section>`;
}
