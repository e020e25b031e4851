# Sourced by the scripts that make roots of Debian releases: sets "mirror" to where this machine has its own packages from, and sees to debootstrap.
[ "$(id -u)" -eq 0 ] || { echo "needs root: each release has a root of its own" >&2; exit 1; }
if ! command -v debootstrap >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
fi
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Identifier: Packages" | head -n 1)
[ -n "$mirror" ] || { echo "apt has no source of packages on this machine" >&2; exit 1; }
