#!/bin/sh
# Starts PostgreSQL with the settings that its official image documents: POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB
# (each also as NAME_FILE), POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, PGDATA, and what is in
# /docker-entrypoint-initdb.d (.sh, .sql, .sql.gz), all of which count for an empty PGDATA only.
set -eu

case "${1:-}" in -*) set -- postgres "$@" ;; esac
[ "${1:-}" = postgres ] || exec "$@"
for argument in "$@"; do
  case "$argument" in --help | -\? | --version | -V | --describe-config) exec "$@" ;; esac
done

# Root may read what the server's user may not: a secret is read now.
for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_INITDB_ARGS; do
  eval "value=\${$name:-} file=\${${name}_FILE:-}"
  if [ -n "$value" ] && [ -n "$file" ]; then
    echo "postgres: $name and ${name}_FILE are both set: unset one of them" >&2
    exit 1
  fi
  if [ -n "$file" ]; then
    value=$(cat "$file")
    export "$name=$value"
    unset "${name}_FILE"
  fi
done

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  find "$PGDATA" ! -user postgres -exec chown postgres:postgres {} +
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
mkdir -p "$PGDATA"
chmod 700 "$PGDATA"

initialise() {
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "$method" != trust ]; then
    echo "postgres: PGDATA ($PGDATA) is empty and there is no password for the new database: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE (or POSTGRES_HOST_AUTH_METHOD=trust, which lets anybody in)" >&2
    exit 1
  fi
  secret=$(mktemp)
  trap 'rm -f "$secret"' EXIT
  printf '%s\n' "${POSTGRES_PASSWORD:-}" > "$secret"
  # Several arguments may stand in POSTGRES_INITDB_ARGS.
  eval "set -- ${POSTGRES_INITDB_ARGS:-}"
  [ -z "${POSTGRES_PASSWORD:-}" ] || set -- --pwfile="$secret" "$@"
  initdb --pgdata="$PGDATA" --username="$user" --auth=trust "$@"
  rm -f "$secret"
  printf "\nlisten_addresses = '*'\n" >> "$PGDATA/postgresql.conf"
  printf '\n# From other machines\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
  if [ "$database" = postgres ] && [ -z "$(ls /docker-entrypoint-initdb.d 2>/dev/null)" ]; then return; fi

  # For a moment on its socket alone, for whoever prepares the database.
  pg_ctl --pgdata="$PGDATA" --wait --silent -o "-c listen_addresses=''" start
  [ "$database" = postgres ] || printf 'CREATE DATABASE :"name";\n' | psql --username="$user" --dbname=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --set=name="$database"
  sql() { psql --username="$user" --dbname="$database" --no-psqlrc --set=ON_ERROR_STOP=1 "$@"; }
  for script in /docker-entrypoint-initdb.d/*; do
    case "$script" in
      *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
      *.sql) sql --file="$script" ;;
      *.sql.gz) busybox zcat "$script" | sql ;;
      */\*) ;;
      *) echo "postgres: $script is left out: it is no .sh, .sql or .sql.gz" >&2 ;;
    esac
  done
  pg_ctl --pgdata="$PGDATA" --wait --silent --mode=fast stop
}

# In a shell of its own: what it sets is no business of the server.
[ -s "$PGDATA/PG_VERSION" ] || (initialise)
unset POSTGRES_PASSWORD
exec "$@"
