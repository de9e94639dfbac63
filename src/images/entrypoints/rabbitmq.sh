#!/bin/sh
# Starts RabbitMQ as its official image does: the server and its tools run as the user rabbitmq, with one cookie.
set -eu

case "${1:-}" in rabbitmq*) ;; *) exec "$@" ;; esac
home=/var/lib/rabbitmq

if [ "$(id -u)" = 0 ]; then
  find "$home" ! -user rabbitmq -exec chown rabbitmq:rabbitmq {} +
  exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$0" "$@"
fi

# Made before anything else is: a health check that comes first would make one that the server can't read.
if [ ! -e "$home/.erlang.cookie" ]; then
  (umask 077 && od -An -N20 -tx1 /dev/urandom | tr -d ' \n' > "$home/.erlang.cookie.new")
  chmod 400 "$home/.erlang.cookie.new"
  mv "$home/.erlang.cookie.new" "$home/.erlang.cookie"
fi
exec "$@"
