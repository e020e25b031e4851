# scratch_in_memory GIB: makes a folder, open to every user, and prints it. It is in memory where so many GiB are free there and programs can run, else
# in the system's temporary folder. The device files of tests are sparse, and a file system in memory reads holes several times as fast as one on a disk.
scratch_in_memory() {
  local folder
  folder=$(in_memory "$1" || mktemp -d) || return
  chmod 755 "$folder" || return
  echo "$folder"
}

in_memory() {
  local folder
  if [ "$(df --output=avail -B 1G /dev/shm 2>/dev/null | tail -n 1)" -ge "$1" ] 2>/dev/null && folder=$(mktemp -d /dev/shm/nvdimm.XXXXXX); then
    if { cp "$(type -P true)" "$folder/true" && "$folder/true" && rm "$folder/true"; } 2>/dev/null; then
      echo "$folder"
      return
    fi
    rm -rf "$folder"
  fi
  return 1
}
