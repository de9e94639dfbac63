import { seconds } from '../text.ts';
import type { HtmlInput } from './input.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** With what the run was done, and how to do it again. */
export function aboutSection(input: HtmlInput): Markup {
  const { judgement: j, files } = input;
  const exitCode = j.exitCode === 0 && files.length > 0 ? 1 : j.exitCode;
  return html`<section id="about" aria-labelledby="about-title">
    <h2 id="about-title">About this run</h2>
    <div class="columns">
      <div>
        <h3>How to repeat it</h3>
        <dl>
          ${commandsOf(input).map(
            ([what, command]) => html`<dt>${what}</dt><dd><code>${command}</code></dd>`,
          )}
        </dl>
        <p class="note">
          Exit code ${exitCode}. The run's folder keeps the evidence, the logs, report.json and
          junit.xml.
        </p>
      </div>
      <div>
        <h3>Versions</h3>
        ${versionTable(j.versions)}
      </div>
      <div>
        <h3>Load and time</h3>
        ${loadAndTime(input)}
      </div>
    </div>
  </section>`;
}

/** What people would do with this run, each as a command line. */
function commandsOf({ judgement: j, plan, stackDir }: HtmlInput): [what: string, line: string][] {
  const pace =
    plan.speed === 1 ? ' --real-time' : plan.speed === 60 ? '' : ` --speed ${plan.speed}`;
  const stack = stackDir === null ? '' : ` --stack ${quoted(stackDir)}`;
  const names = (j.selection ?? '').split(', ').filter(Boolean);
  const options = stack + pace + names.map((name) => ` --only ${quoted(name)}`).join('');
  return [
    ['the same again', `npm run verify${options === '' ? '' : ` --${options}`}`],
    ['judge what was recorded again, and write this page anew', `npm run judge -- ${j.runId}`],
    ['see what would be done, and when', `npm run verify --${options} --plan`],
  ];
}

function versionTable(versions: Record<string, string>): Markup {
  const sorted = Object.entries(versions).sort(([a], [b]) => a.localeCompare(b));
  if (sorted.length === 0) return html`<p class="nothing">None were recorded.</p>`;
  return html`<table>
    <caption class="unseen">Versions</caption>
    <thead><tr><th scope="col">program</th><th scope="col">version</th></tr></thead>
    <tbody>
      ${sorted.map(
        ([name, version]) => html`<tr><th scope="row">${name}</th><td>${version}</td></tr>`,
      )}
    </tbody>
  </table>`;
}

function loadAndTime({ plan, evidence }: HtmlInput): Markup {
  const { startupMs, tracksMs, teardownMs } = evidence.wall;
  const took = [startupMs, tracksMs, teardownMs].map(seconds);
  const path = plan.criticalPath.map(({ name, ms }) => `${name} ${seconds(ms)}`);
  return html`<dl>
    <dt>requests</dt>
    <dd>${evidence.k6 ? evidence.k6.requests.toLocaleString('en') : 'k6 left no account'}</dd>
    <dt>start-up, timeline, end</dt>
    <dd>${took.join(', ')}</dd>
    <dt>critical path</dt>
    <dd>${path.join(', ')}</dd>
  </dl>`;
}

/** As a shell takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
