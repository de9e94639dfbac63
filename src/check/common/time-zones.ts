/** Short names that JavaScript knows for zones, and that the time zone database doesn't have. */
const UNKNOWN_TO_GO = new Set(
  (
    'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST ' +
    'SST VST'
  ).split(' '),
);

/**
 * Whether Go finds a time zone of this name (`time.LoadLocation`): nothing is UTC, `Local` is the
 * machine's own, and all others are files, so that upper and lower case are told apart.
 */
export function isZone(name: string): boolean {
  if (name === '' || name === 'Local') return true;
  if (UNKNOWN_TO_GO.has(name) || !name.split('/').every((part) => /^[A-Z]/.test(part)))
    return false;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // The name of a zone that has another spelling is known by its other spelling alone.
    return zone === name || zone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
