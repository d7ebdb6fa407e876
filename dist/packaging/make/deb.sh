# Sourced by ./package: the Debian packages, by dpkg-deb alone.

maintainer=${HOLDFAST_MAINTAINER:-Holdfast <holdfast@example.org>}

require_dpkg() {
  command -v dpkg-deb >/dev/null && command -v dpkg-shlibdeps >/dev/null || install_packages dpkg-dev ||
    die "dpkg-deb and dpkg-shlibdeps were not found" "install dpkg-dev."
}

# The packages of the system that the native libraries need, with versions.
library_packages() { # TREE
  mkdir -p "$work/shlibs/debian"
  printf 'Source: holdfast\n\nPackage: holdfast\nArchitecture: any\n' >"$work/shlibs/debian/control"
  local elf=()
  mapfile -d '' elf < <(find "$1" -type f \( -name '*.so' -o -path '*/runtime/bin/*' -o -name jspawnhelper \) -print0 | sort -z)
  (cd "$work/shlibs" && dpkg-shlibdeps --warnings=0 -O -l"$(dirname "$(find "$1" -name libjli.so)")" \
    -l"$(dirname "$(find "$1" -name libjvm.so)")" "${elf[@]/#/-e}" 2>"$work/shlibs.log") |
    sed -n 's/^shlibs:Depends=//p'
}

# Files that both have: what Debian's policy asks for.
deb_documents() { # TREE PACKAGE HOME KIND
  local doc=$1/usr/share/doc/$2
  mkdir -p "$doc"
  sed -e "s/@HOME@/$3/g" -e "s/@JAVA@/$(java_version "$java_bin")/" "$here/dist/packaging/copyright" >"$doc/copyright"
  printf '%s (%s) unstable; urgency=medium\n\n  * Holdfast %s.\n\n -- %s  %s\n' \
    "$2" "$version" "$version" "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -n -9 >"$doc/changelog.gz"
  install -m 644 "$sbom/holdfast.cdx.json" "$doc/sbom.cdx.json"
  mkdir -p "$1/usr/share/lintian/overrides"
  install -m 644 "$here/dist/packaging/$4/lintian-overrides" "$1/usr/share/lintian/overrides/$2"
}

deb_of() { # TREE PACKAGE KIND
  local from=$here/dist/packaging/$3 script
  mkdir -p "$1/DEBIAN"
  (cd "$1" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$architecture/" -e "s/@MAINTAINER@/$maintainer/" \
    -e "s/@SIZE@/$(find "$1" -type f -printf '%s\n' | awk '{n += int(($1 + 1023) / 1024)} END {print n}')/" \
    -e "s/@LIBS@/$(library_packages "$1")/" "$from/control" >"$1/DEBIAN/control"
  install -m 644 "$from/conffiles" "$1/DEBIAN"
  for script in postinst prerm postrm; do install -m 755 "$from/$script" "$1/DEBIAN"; done
  settle_times "$1"
  # one thread, for several cut the stream where their number says
  dpkg-deb --root-owner-group -Z"${HOLDFAST_DEB_COMPRESSION:-xz}" --threads-max=1 --build "$1" \
    "$output/$2_${version}_$architecture.deb" >/dev/null
}

pack_deb() {
  require_dpkg
  deb_server
  deb_agent
}

deb_server() {
  local tree=$work/holdfast-server from=$here/dist/packaging home
  home=$tree/usr/lib/holdfast
  put_launcher "$home/bin/holdfast" dev.holdfast.dist.Main
  put_jars "$home/lib"
  put_native "$home/native"
  put_runtime "$home/runtime"
  mkdir -p "$tree/usr/bin" "$tree/etc/holdfast" "$tree/etc/default" "$tree/usr/lib/systemd/system" "$tree/usr/share/man/man1"
  ln -s ../lib/holdfast/bin/holdfast "$tree/usr/bin/holdfast"
  install -m 640 "$from/conf/holdfast.conf" "$tree/etc/holdfast"
  install -m 640 "$from/server/default" "$tree/etc/default/holdfast"
  install -m 644 "$from/server/holdfast.service" "$tree/usr/lib/systemd/system"
  gzip -n -9 <"$from/man/holdfast.1" >"$tree/usr/share/man/man1/holdfast.1.gz"
  put_completion bash "$tree/usr/share/bash-completion/completions/holdfast"
  put_completion zsh "$tree/usr/share/zsh/vendor-completions/_holdfast"
  put_completion fish "$tree/usr/share/fish/vendor_completions.d/holdfast.fish"
  put_documents "$tree/usr/share/doc/holdfast-server"
  mkdir -p "$tree/usr/share/doc/holdfast-server/examples"
  install -m 644 "$from/server/examples"/* "$sources/dist/monitoring"/* "$tree/usr/share/doc/holdfast-server/examples"
  deb_documents "$tree" holdfast-server holdfast server
  deb_of "$tree" holdfast-server server
}

deb_agent() {
  local tree=$work/holdfast-agent from=$here/dist/packaging home
  home=$tree/usr/lib/holdfast-agent
  put_launcher "$home/bin/holdfast-agent" dev.holdfast.dist.AgentMain
  put_agent_jars "$home/lib"
  put_runtime "$home/runtime"
  mkdir -p "$tree/usr/bin" "$tree/etc/holdfast" "$tree/etc/default" "$tree/usr/lib/systemd/system" "$tree/usr/share/man/man1"
  ln -s ../lib/holdfast-agent/bin/holdfast-agent "$tree/usr/bin/holdfast-agent"
  install -m 640 "$from/conf/agent.conf" "$tree/etc/holdfast"
  install -m 640 "$from/agent/default" "$tree/etc/default/holdfast-agent"
  install -m 644 "$from/agent/holdfast-agent.service" "$tree/usr/lib/systemd/system"
  gzip -n -9 <"$from/man/holdfast-agent.1" >"$tree/usr/share/man/man1/holdfast-agent.1.gz"
  put_documents "$tree/usr/share/doc/holdfast-agent" agent.md
  mkdir -p "$tree/usr/share/doc/holdfast-agent/examples"
  install -m 644 "$from/agent/examples"/* "$tree/usr/share/doc/holdfast-agent/examples"
  deb_documents "$tree" holdfast-agent holdfast-agent agent
  deb_of "$tree" holdfast-agent agent
}
