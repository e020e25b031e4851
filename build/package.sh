#!/usr/bin/env bash
# Makes the Linux packages in artifacts/linux: the nvdimm tool, vdsm-hook-nvdimm, libvirt-hook-nvdimm and nvdimm-engine-service, each as .rpm
# (EL8, EL9) and .deb (Debian 11 to 13), from NativeAOT binaries that start on glibc 2.28.
#   build/package.sh [--binaries DIR] [--output DIR]
# --binaries DIR takes nvdimm, nvdimm-hook and nvdimm-engine-service from there instead of building them. The same binaries and commit give the same bytes.
# As root on Debian it installs what it builds with.
#   NVDIMM_REPOSITORY_URL   the packages' homepage; without it they name none.
#   NVDIMM_MAINTAINER       whom the packages name, an address of no person: "NAME <ADDRESS>".
set -euo pipefail
. "$(dirname "$0")/common/arguments.sh"
umask 022
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C
binaries=
out=$PWD/artifacts/linux
while [ $# -gt 0 ]; do
  case $1 in
  --binaries)
    [ -d "${2:-}" ] || wrong "--binaries needs a folder that is there"
    binaries=$(realpath "$2"); shift 2 ;;
  --output)
    [ -n "${2:-}" ] || wrong "--output needs a folder"
    out=$(realpath -m "$2"); shift 2 ;;
  *) wrong "'$1' is no option; there are --binaries DIR and --output DIR" ;;
  esac
done

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
build/install-package-programs.sh
rm -f "$out"/*.rpm "$out"/*.deb
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -z "$binaries" ]; then
  binaries=$out/bin
  dotnet publish src/Nvdimm.Cli -c Release -r linux-x64 -p:PublishAot=true -o "$scratch/publish"
  dotnet publish src/Nvdimm.EngineService -c Release -r linux-x64 -p:PublishAot=true -o "$scratch/publish-service"
  build/hook.sh
  mkdir -p "$binaries"
  install -m 755 "$scratch/publish/Nvdimm.Cli" "$binaries/nvdimm"
  install -m 755 artifacts/hook/nvdimm-hook "$binaries/nvdimm-hook"
  install -m 755 "$scratch/publish-service/Nvdimm.EngineService" "$binaries/nvdimm-engine-service"
fi

# 0.2.0-preview.0.7+commit: both package managers sort what follows a tilde before the release.
version=$("$binaries/nvdimm" --version)
version=${version%%+*}
version=${version/-/\~}
version=${version//-/.}

# The trees, as they are on a host. The hooks' part is made by the tool itself: a package installs what "nvdimm host install" does.
page() { mkdir -p "$2"; gzip -9 -n <"$1" >"$2/$(basename "$1").gz"; }
tree=$scratch/nvdimm
install -D -m 755 "$binaries/nvdimm" "$tree/usr/bin/nvdimm"
install -D -m 644 LICENSE "$tree/usr/share/licenses/nvdimm/LICENSE"
install -D -m 644 CHANGELOG.md "$tree/usr/share/doc/nvdimm/CHANGELOG.md"
install -D -m 644 src/Nvdimm.Cli/VM-FILE.md "$tree/usr/share/doc/nvdimm/VM-FILE.md"
install -D -m 644 src/Nvdimm.Cli/TABLES.md "$tree/usr/share/doc/nvdimm/TABLES.md"
for manual in src/Nvdimm.Cli/man/*.1; do page "$manual" "$tree/usr/share/man/man1"; done
completion() { mkdir -p "$(dirname "$tree$2")"; "$binaries/nvdimm" completion "$1" >"$tree$2"; }
completion bash /usr/share/bash-completion/completions/nvdimm
completion zsh /usr/share/zsh/site-functions/_nvdimm
completion fish /usr/share/fish/vendor_completions.d/nvdimm.fish
tree=$scratch/vdsm-hook-nvdimm
mkdir -p "$tree"
"$binaries/nvdimm" host install --root "$tree" --hook "$binaries/nvdimm-hook" >/dev/null
rm -r "$tree/var"
install -D -m 644 LICENSE "$tree/usr/share/licenses/vdsm-hook-nvdimm/LICENSE"
install -D -m 644 src/Nvdimm.Hook/HOOK.md "$tree/usr/share/doc/vdsm-hook-nvdimm/HOOK.md"
page src/Nvdimm.Hook/nvdimm-hook.8 "$tree/usr/share/man/man8"
tree=$scratch/libvirt-hook-nvdimm
mkdir -p "$tree"
"$binaries/nvdimm" host install --for libvirt --root "$tree" --hook "$binaries/nvdimm-hook" >/dev/null
rm -r "$tree/var"
install -D -m 644 LICENSE "$tree/usr/share/licenses/libvirt-hook-nvdimm/LICENSE"
install -D -m 644 src/Nvdimm.Hook/LIBVIRT.md "$tree/usr/share/doc/libvirt-hook-nvdimm/LIBVIRT.md"
install -D -m 644 src/Nvdimm.Hook/hook.conf "$tree/usr/share/doc/libvirt-hook-nvdimm/hook.conf"
tree=$scratch/nvdimm-engine-service
service=src/Nvdimm.EngineService
plugins=$tree/usr/share/ovirt-engine/ui-plugins
install -D -m 755 "$binaries/nvdimm-engine-service" "$tree/usr/libexec/nvdimm-extensions/nvdimm-engine-service"
install -D -m 644 $service/system/nvdimm-engine-service.service "$tree/usr/lib/systemd/system/nvdimm-engine-service.service"
install -D -m 644 $service/system/nvdimm-engine-service.sysusers.conf "$tree/usr/lib/sysusers.d/nvdimm-engine-service.conf"
install -D -m 644 $service/system/engine-service.conf "$tree/etc/nvdimm-extensions/engine-service.conf"
install -D -m 644 src/Nvdimm.Page/Files/nvdimm.json "$plugins/nvdimm.json"
mkdir -p "$plugins/nvdimm-resources"
find src/Nvdimm.Page/Files -type f ! -name nvdimm.json -exec install -m 644 -t "$plugins/nvdimm-resources" {} +
install -D -m 644 LICENSE "$tree/usr/share/licenses/nvdimm-engine-service/LICENSE"
install -D -m 644 $service/SERVICE.md "$tree/usr/share/doc/nvdimm-engine-service/SERVICE.md"
install -D -m 644 $service/system/apache.conf "$tree/usr/share/doc/nvdimm-engine-service/apache.conf"
packages=(nvdimm vdsm-hook-nvdimm libvirt-hook-nvdimm nvdimm-engine-service)
find "${packages[@]/#/$scratch/}" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

maintainer=${NVDIMM_MAINTAINER:-Nvdimm.Extensions contributors <noreply@example.invalid>}
homepage=${NVDIMM_REPOSITORY_URL:-}
# Fills in what the files of build/package leave open. A field without value is left out.
fill() { sed -e "s|@MAINTAINER@|$maintainer|" -e "s|@HOMEPAGE@|$homepage|" -e "s/@VERSION@/$version/" -e "s/@DEPENDS@/${depends:-}/" -e '/^[A-Za-z]*: *$/d' "$1"; }

for package in "${packages[@]}"; do
  # .rpm: the spec only lists the tree; what the binaries need of glibc is found by rpmbuild.
  rpmbuild -bb --target x86_64 --define "_topdir $scratch/rpm" --define "_rpmdir $out" --define "tree $scratch/$package" \
    --define "package_version $version" --define "dist .el8" ${homepage:+--define "package_url $homepage"} \
    build/package/$package.spec >"$scratch/rpmbuild.txt" 2>&1 || { cat "$scratch/rpmbuild.txt" >&2; exit 1; }
  # .deb, whose zsh looks in another folder
  if [ -d "$scratch/$package/usr/share/zsh" ]; then
    mv "$scratch/$package/usr/share/zsh/site-functions" "$scratch/$package/usr/share/zsh/vendor-completions"
  fi
  mkdir -p "$scratch/$package/DEBIAN"
  program=$(find "$scratch/$package/usr" -type f -perm -100 -size +1M)
  # The newest version of glibc that the program asks for; a statically linked one asks for none. (dpkg-shlibdeps says of a function when it came into
  # libc.so.6, though older releases have it in a library beside that.)
  depends=$(readelf --version-info "$program" | { grep -oE 'GLIBC_[0-9.]+' || true; } | sort -uV | tail -n 1 | sed 's/GLIBC_\(.*\)/libc6 (>= \1)/')
  fill build/package/$package.control >"$scratch/$package/DEBIAN/control"
  # Debian has the licence; .rpm has its own folder for it.
  rm -r "$scratch/$package/usr/share/licenses"
  fill build/package/copyright >"$scratch/$package/usr/share/doc/$package/copyright"
  touch --date="@$SOURCE_DATE_EPOCH" "$scratch/$package/usr/share/doc/$package/copyright"
  if [ -d "$scratch/$package/etc" ]; then
    (cd "$scratch/$package" && find etc -type f -printf '/%p\n' | sort) >"$scratch/$package/DEBIAN/conffiles"
  fi
  for script in postinst prerm postrm; do
    [ ! -e "build/package/$package.$script" ] || install -m 755 "build/package/$package.$script" "$scratch/$package/DEBIAN/$script"
  done
  (cd "$scratch/$package" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | sort | xargs md5sum) >"$scratch/$package/DEBIAN/md5sums"
  dpkg-deb --root-owner-group -Zxz --build "$scratch/$package" "$out/${package}_${version}_amd64.deb" >/dev/null
done
mv "$out"/x86_64/*.rpm "$out"
rmdir "$out/x86_64"
(cd "$out" && sha256sum -- *.rpm *.deb)
