/**
 * Objects and functions that only Helm's templates have: those of alerts and notifications have
 * others.
 */
const HELM =
  /\{\{-?\s*(?:[^}]*?[\s(|])?(?:\.(?:Values|Release|Chart|Capabilities)\b|\$\.(?:Values|Release|Chart)\b|include\s+"|toYaml\b|nindent\b|tpl\s)/;
/** Bounds the time that a hostile line costs. */
const LONGEST_LINE = 2_000;

/** Statements that only Jinja has, and what Ansible puts at the head of what it writes. */
const JINJA =
  /\{%[-+]?\s*(raw|if|for|set|macro|include|import|filter|end\w+)\b|\{\{-?\s*ansible_\w+/;

/** Whether a YAML text is a template of Jinja's, as Ansible and Salt have them. */
export function isJinjaTemplate(text: string): boolean {
  return text.includes('{') && someLine(text, JINJA, '{');
}

/** Whether a YAML text is a template of Helm's, which is YAML only once it is rendered. */
export function isHelmTemplate(text: string): boolean {
  return text.includes('{{') && someLine(text, HELM, '{{');
}

function someLine(text: string, pattern: RegExp, sign: string): boolean {
  return text
    .split('\n')
    .some((line) => line.includes(sign) && pattern.test(line.slice(0, LONGEST_LINE)));
}

/** A configuration's name with an ending of those that scripts fill in, or people copy. */
const FILLED_IN_FIRST = /\.(ya?ml|rules?|json)\.(tmpl|tpl|template|in|dist|example|sample)$/;

/** Whether a file is made into a configuration first; one that defines templates is none. */
export function isFilledInFirst(name: string, text: string): boolean {
  return FILLED_IN_FIRST.test(name) && !/\{\{-?\s*define\b/.test(text);
}

/** A rule in the language of Prometheus 1: `ALERT name IF expression`. */
const OF_PROMETHEUS_1 = /^\s*ALERT\s+[a-zA-Z_]\w*\s*(\n\s*)?IF\s/m;

/** Whether rules are written in the language of Prometheus 1, which is no YAML. */
export function isOfPrometheus1(text: string): boolean {
  return text.includes('ALERT') && OF_PROMETHEUS_1.test(text);
}
