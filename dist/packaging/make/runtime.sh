# Sourced by ./package: the Java run-time that goes into packages.

require_jlink() {
  [ -x "$jdk/bin/jlink" ] && [ -d "$jdk/jmods" ] ||
    die "$jdk has no jlink or no jmods" "set JAVA_HOME to a whole JDK (Debian: openjdk-17-jdk-headless)."
}

# The modules that the jars name, and those that are found by name at run time only:
#   jdk.crypto.ec        elliptic curves of TLS
#   java.naming          is named by the PostgreSQL driver's and the pool's services
#   jdk.management       figures of memory and processors for /metrics
#   jdk.localedata is not in: all our formats are Locale.ROOT
# java.desktop is left out, though Jackson names it: it asks for java.beans carefully, and goes on without.
run_time_modules() {
  local named
  named=$("$jdk/bin/jdeps" --ignore-missing-deps --multi-release 17 --print-module-deps "$lib"/*.jar |
    tail -1) || die "jdeps failed: $named"
  printf '%s\n' "$named,jdk.crypto.ec,java.naming,jdk.management" | tr , '\n' | grep -vx java.desktop | sort -u | paste -sd,
}

make_runtime() { # sets runtime
  runtime=$work/runtime
  local modules
  modules=$(run_time_modules)
  say "holdfast: run-time of Java $(java_version "$java_bin") with $modules"
  # not compressed: the packages are, and better
  "$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --dedup-legal-notices=error-if-not-same-content --output "$runtime" >"$work/jlink.log" 2>&1 ||
    { cat "$work/jlink.log" >&2; die "jlink failed"; }
}
