#!/usr/bin/env bash
# Starts a libvirt for tests, where it does not run yet, and prints its connection. It has a folder of its own for everything, touches
# nothing in /etc or /var, and ends by itself after five idle minutes; --stop ends it at once.
# It is a session daemon, so that it needs no rights: root runs it as "nobody". That also keeps it from /dev/kvm: where KVM is there but
# does not work, libvirt 9.0 asks every QEMU for its features again for each command, which takes a minute instead of 20 ms.
# (qemu:///embed needs no daemon, but serves one process at a time.)
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
[ $# -eq 0 ] || [ "$*" = --stop ] || wrong "'$*' is wrong; there is only --stop"
export PATH="$PATH:/usr/sbin:/sbin"
user=$(id -u)
[ "$user" -ne 0 ] || user=$(id -u nobody)
folder=${NVDIMM_TEST_LIBVIRT:-/tmp/nvdimm-libvirt-$user}
socket=$folder/run/libvirt/libvirt-sock
connection="qemu+unix:///session?socket=$socket"

answers() { timeout 30 virsh -c "$connection" version >/dev/null 2>&1; }

if [ "${1:-}" = --stop ]; then
  # The daemon's own file names its process; a process of another name has only inherited the number.
  pid=$(cat "$folder/run/libvirt/libvirtd.pid" 2>/dev/null || true)
  [ -z "$pid" ] || [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != libvirtd ] || kill "$pid"
  exit 0
fi

command -v libvirtd >/dev/null || { echo "libvirtd is not installed" >&2; exit 1; }
exec 9>"$folder.lock"
flock -w 60 9
if ! answers; then
  mkdir -p "$folder"
  [ ! -L "$folder" ] || { echo "$folder is a link" >&2; exit 1; }
  as_user=()
  if [ "$(id -u)" -eq 0 ]; then
    chown "$user" "$folder"
    as_user=(setpriv "--reuid=$user" "--regid=$(id -g nobody)" --clear-groups)
  fi
  "${as_user[@]}" env -i "PATH=$PATH" "HOME=$folder" "XDG_RUNTIME_DIR=$folder/run" "XDG_CACHE_HOME=$folder/cache" "XDG_CONFIG_HOME=$folder/config" \
    libvirtd --daemon --timeout 300 9>&- >/dev/null 2>"$folder/libvirtd.log"
  for _ in $(seq 50); do
    ! answers || break
    sleep 0.2
  done
  answers || { echo "libvirtd does not answer:" >&2; cat "$folder/libvirtd.log" >&2; exit 1; }
fi
echo "$connection"
