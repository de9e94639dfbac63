#!/bin/sh
# First process of a run's own namespaces (mount, network, process ids; users too unless started by root).
# $1 the programs' usr folder, $2 the run's etc folder, the rest is the command to run.
# Everything mounted here and every process started from here is gone with this process.
set -e
mount -t overlay overlay -o "lowerdir=$1:/usr" /usr
mount -t overlay overlay -o "lowerdir=$2:/etc" /etc
ip link set lo up
# The processes' own numbers belong into /proc. Where a container masks /proc this is refused, and most can do without.
mount -t proc proc /proc 2>/dev/null || true
shift 2
# Not exec: the first process of a pid namespace has to collect the children that daemons leave behind.
"$@"
exit $?
