# Sourced by ./holdfast, ./test and ./bench: finds or installs what they need.

say() { printf '%s\n' "$*" >&2; }
die() { say "holdfast: $1"; [ $# -lt 2 ] || say "HINT: $2"; exit 1; }

# install PACKAGE...: Debian packages, when we are root and have apt; fails otherwise. No daemon is started by it.
install_packages() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  say "holdfast: installing $*"
  local policy=/usr/sbin/policy-rc.d made=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && made=1
  fi
  local rc=0
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 </dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
      >/dev/null 2>&1 </dev/null || rc=1
  fi
  [ -z "$made" ] || rm -f "$policy"
  return $rc
}

# Its full version, for example 17.0.15: from the JDK's own note, which costs nothing, else by asking it.
java_version() {
  local release line
  release=$(dirname "$(dirname "$(readlink -f "$1")")")/release
  if [ -r "$release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) line=${line#*=}; printf '%s\n' "${line//\"/}"; return 0 ;; esac
    done <"$release"
  fi
  "$1" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -1
}
java_major() { local version; version=$(java_version "$1"); printf '%s\n' "${version%%[.+-]*}"; }

# The Java to use: JAVA_HOME's, else the path's; 17 or newer, with a compiler.
find_java() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/java}
  [ -n "$java" ] || java=$(command -v java || true)
  if [ -z "$java" ] || [ ! -x "$java" ]; then
    install_packages openjdk-17-jdk-headless || die "no Java was found" "install a JDK 17 or newer (Debian: openjdk-17-jdk-headless) or set JAVA_HOME"
    java=$(command -v java)
  fi
  local major
  major=$(java_major "$java")
  [ "${major:-0}" -ge 17 ] || die "$java is Java ${major:-unknown}, 17 or newer is needed" "set JAVA_HOME to a newer JDK"
  printf '%s\n' "$java"
}

find_maven() {
  command -v mvn >/dev/null 2>&1 || install_packages maven || die "Maven was not found" "install it (Debian: maven)"
}

# stale ROOT STAMP: whether a source is newer than the last build
stale() {
  [ -e "$2" ] || return 0
  [ -n "$(find "$1"/pom.xml "$1"/*/pom.xml "$1"/*/src/main "$1"/samples -newer "$2" -print -quit 2>/dev/null)" ]
}

build() { # ROOT LIB
  find_maven
  say "holdfast: building (the first time takes a minute or two) ..."
  local log="$1/target/build.log"
  if ! (cd "$1" && mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Dholdfast.gitHash="$(git rev-parse HEAD 2>/dev/null || echo unknown)" -pl dist -am package) >"$log" 2>&1; then
    tail -40 "$log" >&2
    die "the build failed; its whole output is in $log"
  fi
  touch "$2/.built"
}

# The archive of loaded classes (AppCDS) for this Java: halves the time until a program answers. It only ever saves
# time: Java ignores one that does not fit (-Xlog:disable: silently), and without it everything works.
class_archive() { # JAVA LIB
  printf '%s/classes-%s.jsa\n' "$2" "$(java_version "$1")"
}

# Makes it from one run of the demo, which loads what serving and capturing need. An empty one stands for a try that
# failed: Java ignores it, and nobody tries again until the next build.
archive_classes() { # JAVA LIB ARCHIVE
  local work
  work=$(mktemp -d) || return 0
  LC_ALL=C.UTF-8 "$1" -XX:+UseSerialGC -XX:ArchiveClassesAtExit="$work/classes.jsa" -Xlog:disable \
    --enable-native-access=ALL-UNNAMED -cp "$2/*" dev.holdfast.dist.Main demo --once --data "$work/data" \
    </dev/null >/dev/null 2>&1 9>&- || true
  mv -f "$work/classes.jsa" "$3" 2>/dev/null || : >"$3"
  rm -rf "$work"
}

# A port that nothing listens on now.
free_port() {
  local port
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port"; return 0; }
  done
  die "no free port was found"
}
