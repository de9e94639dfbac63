import type { HtmlInput } from './input.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** With what the run was done, and how to do it again. */
export function aboutSection({ judgement: j, plan, evidence, stackDir, files }: HtmlInput): Markup {
  const versions = Object.entries(j.versions).sort(([a], [b]) => a.localeCompare(b));
  const pace =
    plan.speed === 1 ? ' --real-time' : plan.speed === 60 ? '' : ` --speed ${plan.speed}`;
  const stack = stackDir === null ? '' : ` --stack ${quoted(stackDir)}`;
  const options =
    stack +
    pace +
    (j.selection ?? '')
      .split(', ')
      .filter(Boolean)
      .map((name) => ` --only ${quoted(name)}`)
      .join('');
  const commands: [string, string][] = [
    ['the same again', `npm run verify${options === '' ? '' : ` --${options}`}`],
    ['judge what was recorded again, and write this page anew', `npm run judge -- ${j.runId}`],
    ['see what would be done, and when', `npm run verify --${options} --plan`],
  ];
  return html`<section id="about" aria-labelledby="about-title"><h2 id="about-title">About this run</h2>
<div class="columns"><div><h3>How to repeat it</h3><dl>${commands.map(([what, command]) => html`<dt>${what}</dt><dd><code>${command}</code></dd>`)}</dl>
<p class="note">Exit code ${j.exitCode === 0 && files.length > 0 ? 1 : j.exitCode}. The run's folder keeps the evidence, the logs, report.json and junit.xml.</p></div>
<div><h3>Versions</h3>${versions.length === 0 ? html`<p class="nothing">None were recorded.</p>` : html`<table><caption class="unseen">Versions</caption><thead><tr><th scope="col">program</th><th scope="col">version</th></tr></thead><tbody>${versions.map(([name, version]) => html`<tr><th scope="row">${name}</th><td>${version}</td></tr>`)}</tbody></table>`}</div>
<div><h3>Load and time</h3><dl><dt>requests</dt><dd>${evidence.k6 ? evidence.k6.requests.toLocaleString('en') : 'k6 left no account'}</dd><dt>start-up, timeline, end</dt><dd>${[evidence.wall.startupMs, evidence.wall.tracksMs, evidence.wall.teardownMs].map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}</dd><dt>critical path</dt><dd>${plan.criticalPath.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`).join(', ')}</dd></dl></div></div></section>`;
}

/** As a shell takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
