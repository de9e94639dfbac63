// @ts-check
/**
 * @typedef {object} Fault A mistake in how a service exports a metric.
 * @property {string} service
 * @property {string} metric
 * @property {string} operator as the mutant's
 * @property {string} [label] the label that is got wrong
 */

/**
 * @typedef {object} Sample One line of an exposition.
 * @property {string} name
 * @property {Record<string, string>} labels
 * @property {number} value
 */

/** Another unit of what is measured. */
const FACTOR = 1_000;
/** Buckets that are left when the others are cut off. */
const BUCKETS = 2;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * What each mistake makes of a metric's samples, as the service would have exported them. What
 * comes to have the same labels is one series, into which everything is counted.
 * @type {Record<string, (samples: Sample[], fault: Fault, state: Map<string, number>) => Sample[]>}
 */
const MISTAKES = {
  'metric-renamed': (samples, { metric }) =>
    samples.map((one) => ({ ...one, name: one.name.replace(metric, `${metric}_new`) })),
  'metric-unit-changed': (samples) => {
    const limits = limitsOf(samples);
    return samples.map((one) => ({ ...one, value: inUnit(one, limits, samples) }));
  },
  'metric-type-changed': (samples) => samples,
  'label-lost': (samples, { label = '' }) =>
    summed(samples.map((one) => ({ ...one, labels: without(one.labels, label) }))),
  'label-value-wrong': (samples, { label = '' }) => {
    const value = samples[0]?.labels[label] ?? '';
    return summed(samples.map((one) => ({ ...one, labels: { ...one.labels, [label]: value } })));
  },
  'label-without-bound': (samples) =>
    samples.map((one) => ({ ...one, labels: { ...one.labels, id: '17' } })),
  'counter-skips': (samples) =>
    samples.map((one) => ({ ...one, value: Math.floor(one.value * 0.9) })),
  'gauge-never-falls': (samples, _fault, state) =>
    samples.map((one) => {
      const highest = Math.max(state.get(keyOf(one)) ?? -Infinity, one.value);
      state.set(keyOf(one), highest);
      return { ...one, value: highest };
    }),
  'raw-path': (samples) =>
    samples.map((one) => {
      const endpoint = (one.labels['endpoint'] ?? '').replace(/:\w+/g, '4711');
      return { ...one, labels: { ...one.labels, endpoint } };
    }),
  'buckets-cut-off': (samples) => {
    const kept = new Set([...limitsOf(samples).slice(0, BUCKETS), Infinity]);
    return samples.filter(({ labels: { le } }) => le === undefined || kept.has(limitOf(le)));
  },
};

/**
 * An exposition as it would be with a mistake in one of its metrics.
 * @param {string} text
 * @param {Fault} fault
 * @param {Map<string, number>} state what is remembered from one scrape to the next
 * @returns {string}
 */
export function misexported(text, fault, state) {
  const mistake = MISTAKES[fault.operator];
  if (!mistake) throw new Error(`nobody knows how to make the mistake ${fault.operator}`);
  const lines = text.split('\n');
  const isOwn = (/** @type {string} */ line) => isOf(line, fault.metric);
  const own = lines.filter(isOwn).flatMap((line) => sampleOf(line) ?? []);
  const first = lines.findIndex(isOwn);
  const others = lines.filter((line) => !isOwn(line)).map((line) => described(line, fault));
  const samples = mistake(own, fault, state).map(lineOf);
  return (first < 0 ? others : others.toSpliced(first, 0, ...samples)).join('\n');
}

/**
 * A comment of the metric, as it is with the mistake.
 * @param {string} line
 * @param {Fault} fault
 */
function described(line, { metric, operator }) {
  const [, keyword, , rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
  if (keyword === undefined || !line.startsWith(`# ${keyword} ${metric} `)) return line;
  if (operator === 'metric-renamed') return `# ${keyword} ${metric}_new ${rest}`;
  const isType = operator === 'metric-type-changed' && keyword === 'TYPE';
  return isType ? `# TYPE ${metric} ${rest === 'gauge' ? 'counter' : 'gauge'}` : line;
}

/**
 * @param {string} line
 * @param {string} metric
 */
function isOf(line, metric) {
  const [, name = ''] = SAMPLE.exec(line) ?? [];
  return name === metric || ['_bucket', '_sum', '_count'].some((end) => name === metric + end);
}

/**
 * @param {string} line
 * @returns {Sample | undefined}
 */
function sampleOf(line) {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) return undefined;
  /** @type {Record<string, string>} */
  const own = {};
  for (const [, key = '', text = ''] of labels.matchAll(LABEL)) own[key] = text;
  return { name, labels: own, value: Number(value) };
}

/** @param {Sample} sample */
function lineOf({ name, labels, value }) {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

/** @param {Sample} sample */
function keyOf({ name, labels }) {
  return lineOf({ name, labels: Object.fromEntries(Object.entries(labels).sort()), value: 0 });
}

/**
 * @param {Record<string, string>} labels
 * @param {string} label
 * @returns {Record<string, string>}
 */
function without(labels, label) {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== label));
}

/**
 * @param {Sample[]} samples
 * @returns {Sample[]}
 */
function summed(samples) {
  /** @type {Map<string, Sample>} */
  const sums = new Map();
  for (const one of samples)
    sums.set(keyOf(one), { ...one, value: one.value + (sums.get(keyOf(one))?.value ?? 0) });
  return [...sums.values()];
}

/** @param {string} le */
function limitOf(le) {
  return le === '+Inf' ? Infinity : Number(le);
}

/**
 * Upper bounds of the buckets, rising, the one for all aside.
 * @param {Sample[]} samples
 */
function limitsOf(samples) {
  return [...new Set(samples.flatMap(({ labels: { le } }) => le ?? []))]
    .map(limitOf)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
}

/**
 * A value in a unit that is a thousandth. In a histogram everything falls into higher buckets: what
 * surely stays in one does.
 * @param {Sample} sample
 * @param {number[]} limits
 * @param {Sample[]} samples
 */
function inUnit(sample, limits, samples) {
  const { name, value, labels } = sample;
  const { le } = labels;
  if (name.endsWith('_count') || le === '+Inf') return value;
  if (le === undefined) return value * FACTOR;
  const lower = limits.findLast((limit) => limit <= limitOf(le) / FACTOR);
  const key = keyOf({ ...sample, labels: { ...labels, le: String(lower) } });
  return samples.find((other) => keyOf(other) === key)?.value ?? 0;
}
