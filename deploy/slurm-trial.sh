#!/usr/bin/env bash
# Tries deploy/slurm.sbatch on a Slurm of its own: a controller and two daemons on this machine. Kills one of two workers in the middle and
# sees that every file is done once, with the bytes of an undisturbed run. It needs root, and Debian's slurm-wlm and munge.
#
#   deploy/slurm-trial.sh IN [OPTIONS of ./realtime batch]      IN: a folder of at least two short clips
#
# REALTIME names the program; ./realtime where it is not set.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
in=$(readlink -f "$1")
shift
export REALTIME=${REALTIME:-$root/realtime}
trial=$(mktemp -d "${TMPDIR:-/tmp}/realtime-slurm-XXXXXX")
export SLURM_CONF=$trial/slurm.conf
host=$(hostname -s)
fail() { echo "slurm trial: $*" >&2; tail -n 20 "$trial"/*.log >&2 || true; exit 1; }

stop() {
    scancel --me 2>/dev/null || true
    local file
    for file in "$trial"/*.pid; do
        if [ -e "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
    done
    # Daemons write their last lines after the signal.
    for ((i = 0; i < 50; i++)); do rm -rf "$trial" 2>/dev/null && break; sleep 0.2; done
}
trap stop EXIT

# until_true SECONDS COMMAND...
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        if ((SECONDS > end)); then return 1; fi
        sleep 0.2
    done
}

mkdir "$trial/state" "$trial/first" "$trial/second"
cat >"$SLURM_CONF" <<CONF
ClusterName=trial
SlurmctldHost=$host
SlurmUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$trial/munge.socket
StateSaveLocation=$trial/state
SlurmdSpoolDir=$trial/%n
SlurmctldLogFile=$trial/controller.log
SlurmdLogFile=$trial/%n.log
SlurmctldPidFile=$trial/controller.pid
SlurmdPidFile=$trial/%n.pid
SlurmctldPort=16917
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=first NodeHostname=$host Port=16918 CPUs=1
NodeName=second NodeHostname=$host Port=16919 CPUs=1
PartitionName=main Nodes=first,second Default=YES State=UP
CONF
(umask 077 && head -c 1024 /dev/urandom >"$trial/munge.key")
chmod 755 "$trial"
munged --force --socket="$trial/munge.socket" --key-file="$trial/munge.key" --pid-file="$trial/munge.pid" --log-file="$trial/munge.log" --seed-file="$trial/munge.seed"
slurmctld -f "$SLURM_CONF"
slurmd -N first -f "$SLURM_CONF"
slurmd -N second -f "$SLURM_CONF"
idle() { [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; }
until_true 60 idle || fail "the nodes did not come up"

"$REALTIME" batch -i "$in" -o "$trial/undisturbed" --no-progress --log-level error "$@" >"$trial/undisturbed.log" 2>&1 || fail "an undisturbed run failed"

out=$trial/out
(cd "$root" && sbatch --array=1-2 --cpus-per-task=1 --output="$trial/task-%a.log" deploy/slurm.sbatch "$in" "$out" "$@") || fail "sbatch failed"
both_work() { [ "$(find "$out/.realtime/work" -name 'segment-000001.*' 2>/dev/null | wc -l)" -ge 2 ]; }
until_true 120 both_work || fail "two workers never worked at once"
claim=$(find "$out/.realtime/claims" -name '*.1.claim' | sort | head -n 1)
victim=$(sed -n 's/.*"process":\([0-9]*\).*/\1/p' "$claim")
kill -KILL "$victim"
echo "killed worker $victim, which held $(basename "$claim" .1.claim)"
ended() { [ -z "$(squeue -h)" ]; }
until_true 600 ended || fail "the tasks never ended"

for file in "$trial"/undisturbed/*.*; do
    cmp "$file" "$out/$(basename "$file")" || fail "$(basename "$file") is not what an undisturbed run writes"
done
files=$(find "$trial/undisturbed" -maxdepth 1 -type f | wc -l)
times=$(cat "$out"/reports/*.jsonl | grep '"state":"done"' | grep -c '"isOthers":false')
resumed=$(cat "$out"/reports/*.jsonl | grep '"state":"done"' | grep -vc '"resumedFrames":0' || true)
# What the killed worker finished before stands in its report too; nothing is done twice.
[ "$times" = "$files" ] || fail "$files files were done $times times"
echo "$files files done once each, $resumed of them taken over in the middle; bytes as of an undisturbed run"
