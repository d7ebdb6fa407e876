# Sourced by ./package: the container image, by Jib, out of folders that are layers.

# The system's libraries that ours are linked to, where the dynamic linker looks for them; with their licences, and with
# their packages' records where scanners look.
put_system() { # DIR
  local elf library package
  mkdir -p "$1/etc" "$1/tmp" "$1/var/lib/holdfast" "$1/usr/lib/locale" "$1/var/lib/dpkg/status.d"
  find "$runtime" "$work/native" -type f \( -name '*.so' -o -path '*/bin/java' \) -print0 | sort -z |
    xargs -0 ldd 2>/dev/null | sed -nE 's/.*(=> |^\s+)(\/[^ ]+) \(0x.*/\2/p' | grep -v "^$work" | sort -u >"$work/system-libraries"
  while IFS= read -r library; do
    install -D -m 755 "$(readlink -f "$library")" "$1$library"
    package=$(dpkg -S "$(readlink -f "$library")" 2>/dev/null || dpkg -S "$library" 2>/dev/null || true)
    package=${package%%:*}
    [ -z "$package" ] || printf '%s\n' "$package"
  done <"$work/system-libraries" | sort -u >"$work/system-packages"
  while IFS= read -r package; do
    install -D -m 644 "/usr/share/doc/$package/copyright" "$1/usr/share/doc/$package/copyright"
    dpkg-query -s "$package" | grep -E '^(Package|Version|Architecture|Source|Maintainer): |^Status: ' >"$1/var/lib/dpkg/status.d/$package"
  done <"$work/system-packages"
  # without it Java takes names of files for ASCII
  cp -rL /usr/lib/locale/C.utf8 "$1/usr/lib/locale/"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nholdfast:x:10001:10001:Holdfast:/var/lib/holdfast:/sbin/nologin\n' >"$1/etc/passwd"
  printf 'root:x:0:\nholdfast:x:10001:\n' >"$1/etc/group"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}

pack_image() {
  local layers=$work/layers home=usr/lib/holdfast file
  find_maven
  put_native "$work/native"
  put_system "$layers/base"
  mkdir -p "$layers"/{runtime,libraries,holdfast}/$home "$layers/target/classes"
  put_runtime "$layers/runtime/$home/runtime"
  put_jars "$layers/libraries/$home/lib"
  mkdir -p "$layers/holdfast/$home/lib"
  mv "$layers/libraries/$home/lib"/holdfast-*.jar "$layers/holdfast/$home/lib"
  put_native "$layers/libraries/$home/native"
  install -D -m 644 "$sources/LICENSE" "$layers/holdfast/usr/share/doc/holdfast/LICENSE"
  install -m 644 "$sbom/holdfast.cdx.json" "$layers/holdfast/usr/share/doc/holdfast/sbom.cdx.json"
  # a tag may have no ~ or +
  mvn -B -q --no-transfer-progress -f "$here/dist/packaging/image/pom.xml" -Djib.disableUpdateChecks=true \
    -Djib.console=plain -Dlayers="$layers" -Dimage.version="${version//[~+]/-}" -Dimage.architecture="$architecture" \
    -Dimage.created="$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" \
    -Dimage.tar="$output/holdfast-$version-image-$architecture.tar" \
    com.google.cloud.tools:jib-maven-plugin:3.5.2:buildTar >"$work/image.log" 2>&1 ||
    { tail -40 "$work/image.log" >&2; die "the image could not be made"; }
}
