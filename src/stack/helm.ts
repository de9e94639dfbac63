/**
 * Objects and functions that only Helm's templates have: those of alerts and notifications have
 * others.
 */
const HELM =
  /\{\{-?\s*(?:[^}]*?[\s(|])?(?:\.(?:Values|Release|Chart|Capabilities)\b|\$\.(?:Values|Release|Chart)\b|include\s+"|toYaml\b|nindent\b|tpl\s)/;
/** Bounds the time that a hostile line costs. */
const LONGEST_LINE = 2_000;

/** Whether a YAML text is a template of Helm's, which is YAML only once it is rendered. */
export function isHelmTemplate(text: string): boolean {
  return (
    text.includes('{{') &&
    text.split('\n').some((line) => line.includes('{{') && HELM.test(line.slice(0, LONGEST_LINE)))
  );
}
