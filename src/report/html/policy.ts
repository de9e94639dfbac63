import { createHash } from 'node:crypto';

/**
 * What a report's page may do: its own script and style, named by their hashes, and nothing else,
 * so that no text of a run could be executed even if it weren't escaped (CSP level 3, hash
 * sources).
 */
export function securityPolicy(assets: { script: string; styles: string }): string {
  return (
    `default-src 'none'; script-src '${hashOf(assets.script)}'; style-src ` +
    `'${hashOf(assets.styles)}'; img-src data:; base-uri 'none'; form-action 'none'`
  );
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
