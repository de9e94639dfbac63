# A container engine for the tests, sourced by run: one that answers already, else a dockerd of this run's own, with its
# data, socket and process ids in a folder that goes with it.
engine_dir=''
engine_pid=''
engine_problem=''
ENGINE_STARTS_WITHIN_S=60

# Whether an engine answers at a socket.
engine_answers() {
  node -e "require('node:http').get({ socketPath: process.argv[1], path: '/_ping' }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))" "$1"
}

# Exports DOCKER_HOST, unless there is no engine: then it says why, and the tests that need one are skipped.
start_engine() {
  if [ -n "${DOCKER_HOST:-}" ] || engine_answers /var/run/docker.sock; then return; fi
  if ! command -v dockerd >/dev/null; then
    engine_problem='dockerd is not installed'
  elif [ "$(id -u)" != 0 ]; then
    engine_problem='dockerd has to be started as root'
  else
    engine_dir=$(mktemp -d)
    # It ends with this shell, however that ends.
    setpriv --pdeathsig TERM dockerd --data-root "$engine_dir/data" --exec-root "$engine_dir/exec" --pidfile "$engine_dir/pid" --host "unix://$engine_dir/docker.sock" >"$engine_dir/dockerd.log" 2>&1 &
    engine_pid=$!
    local end=$((SECONDS + ENGINE_STARTS_WITHIN_S))
    until engine_answers "$engine_dir/docker.sock"; do
      if ! kill -0 "$engine_pid" 2>/dev/null; then
        engine_problem="dockerd ended: $(tail -n 1 "$engine_dir/dockerd.log")"
      elif [ "$SECONDS" -ge "$end" ]; then
        engine_problem="dockerd did not answer within $ENGINE_STARTS_WITHIN_S s: $(tail -n 1 "$engine_dir/dockerd.log")"
      else
        sleep 0.2
        continue
      fi
      break
    done
  fi
  if [ -n "$engine_problem" ]; then
    echo "no engine for the tests of the docker runtime: $engine_problem" >&2
  else
    export DOCKER_HOST="unix://$engine_dir/docker.sock"
  fi
}

# Ends the engine and removes its folder; after a failure its log is kept. Takes and returns the exit code of the run.
end_engine() {
  if [ -n "$engine_pid" ]; then
    kill -TERM "$engine_pid" 2>/dev/null || true
    wait "$engine_pid" 2>/dev/null || true
  fi
  if [ -n "$engine_dir" ]; then
    if [ "$1" != 0 ] || [ -n "$engine_problem" ]; then
      mkdir -p runs
      cp "$engine_dir/dockerd.log" runs/dockerd.log
      echo "the engine's log is in runs/dockerd.log" >&2
    fi
    # What a container that was killed had mounted.
    grep -o " $engine_dir/[^ ]*" /proc/mounts | sort -r | xargs -r umount --lazy 2>/dev/null || true
    rm -rf --one-file-system "$engine_dir"
  fi
  [ -z "$engine_problem" ] || echo "no engine for the tests of the docker runtime: $engine_problem" >&2
  exit "$1"
}
