# Runs 'nvdimm verify' against the libvirt and QEMU of another file system. unshare has made namespaces of mounts and processes for it: what it
# mounts is seen by nobody else, and every process ends with it.
# ROOT KIND TOOL RUNTIME STATE PROGRAM [ARGUMENT…]: the file system; 'system' if it is a whole one, 'packages' if its usr is laid over that of this
# host; the folders of the tool and of .NET (empty for none) and of the ledger (empty for none); the program with its arguments. ROOT is only read.
set -eu
root=$1 kind=$2 tool=$3 runtime=$4 state=$5
shift 5
mount --make-rprivate /
if [ "$kind" = system ]; then
  mount --bind "$root" "$root"
  mount -o remount,bind,ro "$root"
else
  mount -t overlay -o "ro,lowerdir=$root/usr:/usr" overlay /usr
  mount --bind / "$root"
  mount -o remount,bind,ro "$root"
  mount --bind /usr "$root/usr"
fi
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount -o remount,bind,ro "$root/sys"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
  read -r name major minor <<<"$device"
  mknod -m 666 "$root/dev/$name" c "$major" "$minor"
done
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mkdir "$root/dev/pts" "$root/dev/shm" "$root/run/nvdimm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for folder in tool runtime state; do
  mkdir "$root/run/nvdimm/$folder"
  [ -n "${!folder}" ] || continue
  mount --bind "${!folder}" "$root/run/nvdimm/$folder"
  mount -o remount,bind,ro "$root/run/nvdimm/$folder"
done
exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "TERM=${TERM-}" \
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 /bin/sh -euc '
    folder=$(mktemp -d)
    chown nobody "$folder"
    for daemon in /usr/sbin/libvirtd /usr/sbin/virtqemud ""; do [ ! -x "$daemon" ] || break; done
    [ -n "$daemon" ] || { echo "nvdimm: there is neither /usr/sbin/libvirtd nor /usr/sbin/virtqemud below the root" >&2; exit 5; }
    socket=$folder/run/libvirt/${daemon##*/}-sock
    [ "$daemon" != /usr/sbin/libvirtd ] || socket=$folder/run/libvirt/libvirt-sock
    connection="qemu+unix:///session?socket=$socket"
    # Without --timeout the daemon lives as long as the namespaces do.
    setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env -i "PATH=$PATH" "HOME=$folder" "XDG_RUNTIME_DIR=$folder/run" \
      "XDG_CACHE_HOME=$folder/cache" "XDG_CONFIG_HOME=$folder/config" "$daemon" --daemon >/dev/null 2>"$folder/log" ||
      { echo "nvdimm: $daemon does not start: $(tail -n 1 "$folder/log")" >&2; exit 5; }
    attempt=0
    until timeout 60 virsh -c "$connection" uri >/dev/null 2>&1; do
      attempt=$((attempt + 1))
      [ "$attempt" -lt 100 ] || { echo "nvdimm: $daemon does not answer: $(tail -n 1 "$folder/log")" >&2; exit 5; }
      sleep 0.3
    done
    exec "$@" --connect "$connection"
  ' - "$@"
