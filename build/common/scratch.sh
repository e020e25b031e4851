# scratch_in_memory: makes a folder, open to every user, and prints it. It is in memory where 8 GiB are free there and programs can run, else in the
# system's temporary folder. The device files of tests are sparse, and a file system in memory reads holes several times as fast as one on a disk.
scratch_in_memory() {
  local folder
  folder=$(in_memory || mktemp -d)
  chmod 755 "$folder"
  echo "$folder"
}

in_memory() {
  local folder
  if [ "$(df --output=avail -B 1G /dev/shm 2>/dev/null | tail -n 1)" -ge 8 ] 2>/dev/null && folder=$(mktemp -d /dev/shm/nvdimm.XXXXXX); then
    if { cp "$(type -P true)" "$folder/true" && "$folder/true" && rm "$folder/true"; } 2>/dev/null; then
      echo "$folder"
      return
    fi
    rm -rf "$folder"
  fi
  return 1
}
