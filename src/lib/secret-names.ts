/**
 * Names of variables that hold a secret by themselves; `…_FILE` names a file. `PWD` alone is the
 * working folder, and Google's credentials are a path.
 */
const SECRET_NAME =
  /((^|_)PASS|PASSWORD|PASSWD|PASSPHRASE|(?<=\w)(?<!^OLD)PWD|SECRET|TOKEN|COOKIE|(?<!APPLICATION_)CREDENTIALS|(API|ACCESS|PRIVATE|SECRET|LICENSE)_?KEY)$/i;
/** No secret, whatever the name: `ALLOW_EMPTY_PASSWORD=yes` says whether there is one. */
const SWITCH = /^(yes|no|true|false|on|off|0|1|)$/i;

/** Whether a variable of an environment holds a secret, by its name and what it is set to. */
export function holdsSecret(name: string, value: string): boolean {
  return SECRET_NAME.test(name) && !SWITCH.test(value);
}
