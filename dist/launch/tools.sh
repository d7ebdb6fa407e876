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

java_major() { "$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1; }

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

# A port that nothing listens on now.
free_port() {
  local port
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port"; return 0; }
  done
  die "no free port was found"
}
