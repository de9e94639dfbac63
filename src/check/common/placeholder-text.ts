import { isKnownPassword } from './known-passwords.ts';

/** Names that are reserved for examples (RFC 2606 and 6761), and texts that say "fill me in". */
export const RESERVED =
  /(^|[@/.\s])([\w-]+\.)*(example|invalid|test)(\.(com|net|org))?(?=$|[:/\s,>])|<(your|change|fill|insert)[^>]*>|\b(change[-_ ]?me|your[-_](domain|team|company|webhook|channel))\b/i;

/**
 * Whether a text is an example's: of a reserved domain, to be filled in, or a password that
 * everybody knows.
 */
export function isPlaceholder(text: string): boolean {
  return RESERVED.test(text) || isKnownPassword(text);
}
