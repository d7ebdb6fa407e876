# Sourced by ./package: the archives that run where they are unpacked.

tar_tree() { # DIR
  local shell
  put_launcher "$1/bin/holdfast" dev.holdfast.dist.Main
  put_jars "$1/lib"
  mkdir -p "$1/conf" "$1/completion"
  install -m 644 "$here/dist/packaging/conf/holdfast.conf" "$here/dist/packaging/conf/agent.conf" "$1/conf"
  mkdir -p "$1/monitoring"
  install -m 644 "$sources/dist/monitoring"/* "$1/monitoring"
  put_documents "$1/docs"
  for shell in bash zsh fish; do put_completion "$shell" "$1/completion/holdfast.$shell"; done
  install -m 644 "$sources/LICENSE" "$sources/README.md" "$sbom/holdfast.cdx.json" "$1"
}

# Sorted, nobody's, of one time, and without gzip's own date and name.
tar_of() { # PARENT NAME FILE
  settle_times "$1/$2"
  tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu -C "$1" -c "$2" |
    gzip -n -6 >"$3"
}

pack_tar() {
  local name=holdfast-$version
  tar_tree "$work/tar/$name"
  tar_of "$work/tar" "$name" "$output/$name.tar.gz"
  put_native "$work/tar/$name/native"
  put_runtime "$work/tar/$name/runtime"
  tar_of "$work/tar" "$name" "$output/$name-linux-$architecture.tar.gz"
}
