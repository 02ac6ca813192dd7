#!/usr/bin/env bash
# Makes the pictures of docs/viewer.md and the README, off screen: the same frames every time.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/../realtime" view --headless --frames 9 --size 1280x720 --screenshot "$here/viewer.png" >/dev/null
