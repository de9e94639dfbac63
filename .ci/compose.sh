# The real Compose, which a test holds the reading of stack/compose.yaml against; sourced by run.

# Puts it where docker looks for plugins, unless it is there. Debian 12 has nothing but the Compose of 2021, so it is
# taken from the next release of the archive that this machine uses, and nothing else of that.
install_compose() {
  if docker compose version >/dev/null 2>&1; then return; fi
  local sources=/etc/apt/sources.list.d/debian.sources dir
  if ! grep -q bookworm "$sources"; then install docker-compose && return; fi
  dir=$(mktemp -d) &&
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" &&
    sed 's/bookworm/trixie/g' "$sources" >"$dir/debian.sources" &&
    local apt=(-qq -o "Dir::Etc::sourcelist=$dir/debian.sources" -o Dir::Etc::sourceparts=/dev/null
      -o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=root) &&
    (cd "$dir" && apt-get "${apt[@]}" update && apt-get "${apt[@]}" download docker-compose && dpkg-deb -x docker-compose_*.deb root) &&
    install_plugin "$dir/root/usr/libexec/docker/cli-plugins/docker-compose"
  rm -rf "$dir"
}

install_plugin() {
  mkdir -p "${HOME:-/root}/.docker/cli-plugins" && cp "$1" "${HOME:-/root}/.docker/cli-plugins/docker-compose"
}
