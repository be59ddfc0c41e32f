#!/usr/bin/env bash
# Checks a roster in parts, several at a time, with GNU parallel, and puts the parts together. With --sshlogin the parts
# run on other machines. What stands behind the number of parts goes to mfsh check.
set -euo pipefail
roster=${1:?usage: shards.sh ROSTER PARTS [options of mfsh check]} parts=${2:?how many parts?}
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT

# Differences are told by the merge, which fails if a part is missing.
seq "$parts" | parallel --will-cite --quote \
  mfsh check "$roster" --shard {}/"$parts" --run-dir "$runs"/{} --progress none "${@:3}" > /dev/null || true
mfsh check merge "$runs"/* -r junit:check.xml
