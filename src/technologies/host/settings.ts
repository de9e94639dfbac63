/** Flags with which the node exporter reads a host made of files, and nothing of the real one. */
export const NODE_EXPORTER_FLAGS = [
  '--collector.disable-defaults',
  ...['cpu', 'meminfo', 'filesystem', 'diskstats', 'netdev'].map((name) => `--collector.${name}`),
  '--no-collector.netdev.netlink',
  '--collector.filesystem.fs-types-exclude=^$',
  '--collector.filesystem.mount-points-exclude=^$',
];
