#!/bin/sh
# First process of a run's own namespaces (mount, network, process ids; users too unless started by root).
# $1 the programs' usr folder, $2 the run's hosts file, the rest is the command to run.
# Everything mounted here and every process started from here is gone with this process.
set -e
mount -t overlay overlay -o "lowerdir=$1:/usr" /usr
mount --bind "$2" /etc/hosts
ip link set lo up
shift 2
# Not exec: the first process of a pid namespace has to collect the children that daemons leave behind.
"$@"
exit $?
