import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { HarnessError, messageOf } from '../../lib/errors.ts';

/** Where secrets are read from; none is ever on a command line. */
export interface CredentialSources {
  bearerTokenFile?: string;
  /** With `passwordFile`: basic authentication. */
  user?: string;
  passwordFile?: string;
  caFile?: string;
  certFile?: string;
  keyFile?: string;
}

/** What goes with every request, and how the other side is known. */
export interface Credentials {
  /** The header's value; undefined when nothing is to be shown. */
  authorization?: string;
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
}

/** Environment variables that stand in for files: a token, a password. */
export const TOKEN_VARIABLE = 'GTV_BEARER_TOKEN';
export const PASSWORD_VARIABLE = 'GTV_PASSWORD';

/**
 * Reads what the files and the environment hold.
 * @throws HarnessError when a file can't be read, or half of a pair is missing
 */
export async function readCredentials(
  sources: CredentialSources,
  env: NodeJS.ProcessEnv,
): Promise<Credentials> {
  if ((sources.certFile === undefined) !== (sources.keyFile === undefined))
    throw new HarnessError(
      'a client certificate needs its key, and a key its certificate',
      'Name both --cert-file and --key-file.',
    );
  const authorization = await authorizationOf(sources, env);
  const [ca, cert, key] = await Promise.all([
    bytes(sources.caFile),
    bytes(sources.certFile),
    bytes(sources.keyFile),
  ]);
  mustBePem(sources.caFile, ca, 'CERTIFICATE');
  mustBePem(sources.certFile, cert, 'CERTIFICATE');
  mustBePem(sources.keyFile, key, 'PRIVATE KEY');
  if (cert && key) mustBelong(cert, key);
  return {
    ...(authorization === undefined ? {} : { authorization }),
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
  };
}

function mustBePem(file: string | undefined, held: Buffer | undefined, what: string): void {
  if (file !== undefined && held && !held.includes(`${what}-----`))
    throw new HarnessError(
      `${file} holds no ${what.toLowerCase()} in PEM form`,
      `It has to begin with -----BEGIN ${what}-----.`,
    );
}

/** A pair that Node can't read says so when it is first used; what doesn't fit is told here. */
function mustBelong(cert: Buffer, key: Buffer): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const why = /mismatch/.test(messageOf(error)) ? 'the key is of another' : messageOf(error);
    throw new HarnessError(
      `the client certificate and its key can't be used together: ${why}`,
      'Name a certificate with --cert-file, and its own key with --key-file.',
      { cause: error },
    );
  }
}

async function authorizationOf(
  sources: CredentialSources,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const token = (await text(sources.bearerTokenFile)) ?? env[TOKEN_VARIABLE];
  if (sources.user === undefined) return token === undefined ? undefined : `Bearer ${token}`;
  const password = (await text(sources.passwordFile)) ?? env[PASSWORD_VARIABLE];
  if (password === undefined)
    throw new HarnessError(
      `no password for the user ${sources.user}`,
      `Name --password-file, or set ${PASSWORD_VARIABLE}.`,
    );
  if (token !== undefined)
    throw new HarnessError(
      'both a bearer token and a user were given',
      'A request can carry only one of them.',
    );
  return `Basic ${Buffer.from(`${sources.user}:${password}`).toString('base64')}`;
}

async function text(file: string | undefined): Promise<string | undefined> {
  return (await bytes(file))?.toString('utf8').trim();
}

async function bytes(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw new HarnessError(
      `${file} can't be read: ${messageOf(error)}`,
      'Name a file that you may read.',
    );
  }
}
