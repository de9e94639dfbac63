#!/bin/sh
# Flags, and names that are no program, are Node's.
set -eu
case "${1:-}" in
  -*) set -- node "$@" ;;
  *) command -v "${1:-}" >/dev/null 2>&1 || set -- node "$@" ;;
esac
exec "$@"
