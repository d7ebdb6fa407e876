#!/bin/bash
# The recipe of the sample data directories that ./holdfast demo backs up when it is given none.
#   samples/make-samples.sh        rebuilds samples/*.tar.gz; the same WiredTiger gives the same bytes
# Needs gcc and Debian's libwiredtiger-dev (WiredTiger 3.2.1 with snappy).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gcc -O2 -Wall -rdynamic -o "$work/make-dbpath" make-dbpath.c -lwiredtiger -ldl
WT_EXT_DIR=$(dirname "$(find /usr/lib -name libwiredtiger_snappy.so -print -quit)")
export WT_EXT_DIR

sample() { # NAME ARGUMENTS...
  local name=$1
  shift
  "$work/make-dbpath" "$work/$name" "$@"
  find "$work/$name" -type f -exec chmod 600 {} +
  tar -C "$work" --sort=name --mtime=2016-02-21T23:51:30Z --owner=0 --group=0 --numeric-owner --format=ustar \
    -cf - "$name" | gzip -9n > "$name.tar.gz"
  echo "$name.tar.gz: $(stat -c %s "$name.tar.gz") bytes, $(find "$work/$name" -type f | wc -l) files"
}

sample config-server config 400
sample shard-0 shard 1 500
sample shard-1 shard 2 500
sample replica-set shard 3 400
