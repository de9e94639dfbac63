#!/bin/sh
# Starts Redis as its official image does: flags or a configuration file alone are the server's, which runs as the user redis.
set -eu

case "${1:-}" in -* | *.conf) set -- redis-server "$@" ;; esac
[ "${1:-}" = redis-server ] || exec "$@"
case "${2:-}" in -v | --version | -h | --help | --test-memory | --check-system) exec "$@" ;; esac

if [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis:redis {} +
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi

# In a container everybody else comes from another address, and protected mode would let nobody in. Who sets it is obeyed.
case " $* " in *" --protected-mode "*) exec "$@" ;; esac
case "${2:-}" in
  *.conf) if grep -Eiq '^[[:space:]]*protected-mode[[:space:]]' "$2"; then exec "$@"; fi ;;
esac
exec "$@" --protected-mode no
