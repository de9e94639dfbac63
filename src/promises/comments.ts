/** What stands at the top of a contract that was written by `init`. */
export const HEAD = ` What this stack promises: written by \`gtv init\` from its files, and from what solving its alerts
 gave. Look it through, correct it, commit it. Whatever drifts from it later (a limit, a severity, a
 receiver, a panel) is a finding of \`gtv check\` and \`gtv prove\`. Another \`gtv init\` keeps what
 stands here and adds what is new. Durations are real-time (30s, 5m, 1h30m).`;

/** What each part is, above it. */
export const SECTIONS: Readonly<Record<string, string>> = {
  scraping: ' How every target is scraped that does not say otherwise.',
  jobs: ' What is scraped, by job name. A `target` is host:port; `scraping` is what a job has otherwise.',
  receivers: ` Who is told, by the name in Alertmanager's configuration; \`resolved\`: whether of the end too.`,
  telling: ' How people are told of every alert that does not say otherwise.',
  metrics: ` What alerts, recording rules and panels look at; \`jobs\`: who is expected to have it, where that is
 known. Nothing else may be looked at.`,
  alerts: ` What wakes somebody. \`fires\` says when, in words, with a world in which promtool confirmed it;
 \`expr\` is the expression as it was agreed upon: another limit, window or selector is a finding,
 another way to write the same is not. \`window\` is how far it looks back, \`every\` how often it is
 evaluated. \`todo\` is what somebody has to look at. Several rules of a name are a list.`,
  dashboards: ' What panels show, by the titles of dashboard and panel: unit and queries.',
};
