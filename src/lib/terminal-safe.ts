/**
 * All but line breaks, tabs, and the colours and weights that tables and verdicts have: others make
 * a text unseen.
 */
const STEERING =
  /\u001b(?!\[(?:|0|1|2|22|3[1-46]|39|90)m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;
/** How a pipeline of GitHub's takes a line for an order to itself. */
const ORDER = /^(?=::[a-z])/gim;

/**
 * A text for a terminal or a pipeline's log, in which names and texts of a stack can only be read:
 * without what moves the cursor, names the window or hides text.
 */
export function withoutSteering(text: string): string {
  return text.replace(STEERING, '');
}

/** The same, and no line of it is an order to a pipeline: it is set in by a blank. */
export function withoutOrders(text: string, env: NodeJS.ProcessEnv = process.env): string {
  const plain = withoutSteering(text);
  return env['GITHUB_ACTIONS'] === 'true' ? plain.replace(ORDER, ' ') : plain;
}
