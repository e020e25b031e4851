# Sourced by every script of this folder before it does anything: --help prints the script's own first comment, and "wrong" ends with status 2.
wrong() {
  echo "${0##*/}: $1. See 'build/${0##*/} --help'." >&2
  exit 2
}
for argument; do
  case $argument in
    -h | --help) awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$0"; exit 0 ;;
  esac
done
# For a script that takes no argument.
no_arguments() { [ $# -eq 0 ] || wrong "'$1' is no argument; there is none"; }
