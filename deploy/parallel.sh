#!/usr/bin/env bash
# Purifies an archive with several workers under GNU parallel, here or on other machines over ssh. All run the same command; claims beside
# the outputs share the files out.
#
#   deploy/parallel.sh 4 IN OUT [OPTIONS]                       four workers on this machine
#   PARALLEL='--sshlogin 1/alpha,1/beta --workdir .' deploy/parallel.sh 2 IN OUT
#                                                               one on each; IN, OUT and this folder on a shared disk
set -euo pipefail

if [ $# -lt 3 ]; then
    echo "usage: $0 WORKERS IN OUT [OPTIONS of ./realtime batch]" >&2
    exit 2
fi

workers=$1 in=$(readlink -f "$2") out=$(readlink -m "$3")
shift 3
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
mkdir -p "$out/reports"

# Cores are shared out: every worker would take all of them.
cores=$(nproc)
share=$((cores / workers > 0 ? cores / workers : 1))
seq "$workers" | parallel --quote --line-buffer --tagstring 'worker {}' --jobs "$workers" --halt never \
    "$here/../realtime" batch -i "$in" -o "$out" --threads "$share" --no-progress --report "$out/reports/{}.jsonl" "$@"
