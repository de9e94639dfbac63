import type { LiveFinding } from '../model/attach.ts';

/** Every kind of finding about a running service; docs/commands/conform.md lists them. */
export const CONFORM_FINDINGS = {
  contentType: {
    id: 'conform/content-type',
    why: 'Prometheus 3 refuses what it can not tell the format of.',
    mend: 'Answer with the content type that the client library names.',
  },
  unread: {
    id: 'conform/not-readable',
    why: 'A scrape with a line that is no exposition is refused as a whole.',
    mend: 'Write the text with a client library.',
  },
  missing: {
    id: 'conform/metric-missing',
    why: 'The contract promises it: panels stay empty, and alerts on it never fire.',
    mend: 'Register the metric when the service starts, so that it is there before the first request.',
  },
  type: {
    id: 'conform/wrong-type',
    why: 'A rate of a gauge, or the value of a counter, means nothing.',
    mend: 'Use the type that the contract names.',
  },
  labels: {
    id: 'conform/wrong-labels',
    why: 'Rules and panels select and sum by these labels.',
    mend: 'Give it exactly the labels of the contract.',
  },
  foreign: {
    id: 'conform/foreign-metric',
    why: 'It belongs to another service: a gauge that is exported and never set reads 0, and fires alerts.',
    mend: 'Register it in its owner alone.',
  },
  rawPath: {
    id: 'conform/raw-path',
    why: 'Each path that anybody asks for makes a series that stays.',
    mend: "Use the route's template, and one value for what no route knows.",
  },
  tooMany: {
    id: 'conform/too-many-series',
    why: 'More series than the contract allows.',
    mend: 'Look at which label takes values without bound.',
  },
  statusText: {
    id: 'conform/status-not-a-number',
    why: 'Rules match `5..`: an error with another name is none to them.',
    mend: 'Use the three digits of the status.',
  },
  count: {
    id: 'conform/count-differs',
    why: 'k6 counted each answer; rates and shares are made of these counts.',
    mend: 'Count in a middleware around everything, once for each answer.',
  },
  errorNotCounted: {
    id: 'conform/error-not-counted',
    why: 'A handler that crashes is answered with a 5xx that nobody counts: the error rate stays low.',
    mend: 'Count in a `finally`, with status 500 when an exception passes.',
  },
  gatewayNotCounted: {
    id: 'conform/gateway-error-not-counted',
    why: 'Something before the service (a proxy) may have answered; else nobody counts these errors.',
    mend: 'Ask the service at its own address; if it answers so there too, count around everything.',
  },
  connections: {
    id: 'conform/connections-not-back',
    why: 'Nothing is open any more, and the gauge says otherwise: it only ever grows.',
    mend: 'Take it back in a `finally`.',
  },
  reset: {
    id: 'conform/counter-reset',
    why: 'A counter that falls without a restart is taken for one: rates become too large.',
    mend: 'Only ever add to a counter; nothing may clear the registry.',
  },
  workers: {
    id: 'conform/workers-not-added-up',
    why: 'At rest two scrapes differ: each worker process tells its own counts, and Prometheus sees them as resets.',
    mend: "Use the client library's multi-process mode.",
  },
  unit: {
    id: 'conform/wrong-unit',
    why: 'Times are in seconds; limits and panels take them so.',
    mend: 'Observe seconds.',
  },
  quantile: {
    id: 'conform/quantile-outside',
    why: 'The histogram does not hold what k6 waited.',
    mend: 'Observe the whole time of a request, around everything; more and finer buckets.',
  },
  noEdge: {
    id: 'conform/no-edge-at-limit',
    why: 'Between two edges a quantile is guessed: an alert whose limit lies there fires too early or too late.',
    mend: "Add the alert's limit to the buckets.",
  },
} as const;

/** What breaks no promise and is worth a word. */
export const CONFORM_ADVICE = {
  scrapesCounted: {
    id: 'conform/scrapes-counted',
    why: 'Scrapes are most of the traffic of a quiet service: they thin its share of errors and its quantiles.',
    mend: 'Leave the path of the metrics out of what is counted.',
  },
  notCompared: {
    id: 'conform/not-compared',
    why: 'Without these labels nobody can say what one answer was counted as.',
    mend: 'Promise them in the contract, and give them.',
  },
  askedByOthers: {
    id: 'conform/asked-by-others',
    why: 'Somebody else asks too (a health check, another client): whose requests these were can not be told.',
    mend: 'Hold the service against its contract where nobody else asks it.',
  },
  noSeries: {
    id: 'conform/no-series',
    why: 'A histogram shows where its buckets end with its first observation: nothing was compared.',
    mend: 'Name a route whose time it observes: --route.',
  },
} as const;

type About = Pick<LiveFinding, 'subject' | 'where' | 'title'>;

/** A finding with the texts of its kind. All are errors: the service doesn't keep the contract. */
export function finding(kind: keyof typeof CONFORM_FINDINGS, about: About): LiveFinding {
  const { id, why, mend } = CONFORM_FINDINGS[kind];
  return { id, level: 'error', ...about, why, mend };
}

/** Advice with the texts of its kind. */
export function advice(kind: keyof typeof CONFORM_ADVICE, about: About): LiveFinding {
  const { id, why, mend } = CONFORM_ADVICE[kind];
  return { id, level: 'advice', ...about, why, mend };
}
