# Sourced by ./package: what is packed, and what it is called.

pom_value() { sed -n "s:^ *<$1>\(.*\)</$1>.*:\1:p" "$here/pom.xml" | head -1; }

# A release is what a tag v<version of the pom> names. Everything else is on the way to it, and ~ sorts before it.
package_version() {
  local release tag
  release=$(pom_value version)
  if git rev-parse --git-dir >/dev/null 2>&1; then
    tag=$(git describe --exact-match --tags --match "v$release" 2>/dev/null || true)
    [ -n "$tag" ] || release="$release~git$(git rev-list --count HEAD).$(git rev-parse --short=8 HEAD)"
  fi
  printf '%s\n' "$release"
}

# The time of every file in every package, in seconds: the one that the build gives to jars.
sources_date() { date -u -d "$(pom_value project.build.outputTimestamp)" +%s; }

# As Debian names it.
machine_architecture() {
  case $(uname -m) in
  x86_64) echo amd64 ;;
  aarch64) echo arm64 ;;
  *) uname -m ;;
  esac
}

# The sources alone, so that nothing that earlier builds left can get into a package.
copy_sources() { # TO
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard |
      tar --null --files-from=- --ignore-failed-read -c 2>/dev/null | tar -x -C "$1"
  else
    tar --exclude=target --exclude=.git -c . | tar -x -C "$1"
  fi
}

build_copy() { # sets lib, agent_jar, sbom, sources
  find_maven
  sources=$work/sources
  mkdir "$sources"
  copy_sources "$sources"
  say "holdfast: building"
  (cd "$sources" && mvn -B -q --no-transfer-progress -Psbom -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dholdfast.gitHash="$(git_hash)" -pl dist -am package) >"$work/build.log" 2>&1 ||
    { tail -40 "$work/build.log" >&2; die "the build failed"; }
  use_build "$sources"
}

# HOLDFAST_GIT_HASH is for a copy of the sources without their history.
git_hash() { printf '%s\n' "${HOLDFAST_GIT_HASH:-$(git -C "$here" rev-parse HEAD 2>/dev/null || echo unknown)}"; }

use_build() { # ROOT
  sources=$1
  lib=$1/dist/target/lib
  agent_jar=$(find "$1/dist/target/agent" -name 'holdfast-dist-*-agent.jar' 2>/dev/null | head -1)
  sbom=$1/dist/target/sbom
  [ -n "$agent_jar" ] && [ -e "$sbom/holdfast.cdx.json" ] ||
    die "there is no whole build in $1/dist/target" "run ./package without --built."
}

pack_sbom() {
  local kind
  for kind in json xml; do install -m 644 "$sbom/holdfast.cdx.$kind" "$output/holdfast-$version.cdx.$kind"; done
}
