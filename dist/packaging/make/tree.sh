# Sourced by ./package: the folders that every package is made of.

# The launcher.
put_launcher() { # FILE MAIN
  mkdir -p "$(dirname "$1")"
  sed "s/@MAIN@/$2/" "$here/dist/packaging/bin/holdfast" >"$1"
  chmod 755 "$1"
}

# Every jar of the server and of the command line.
put_jars() { # DIR
  mkdir -p "$1"
  install -m 644 "$lib"/*.jar "$1"
}

# The agent's own: what ArchitectureTest says it needs, and a launcher without the server's commands.
put_agent_jars() { # DIR
  local name jar missing
  mkdir -p "$1"
  install -m 644 "$agent_jar" "$1"
  for name in holdfast-agent holdfast-contract holdfast-unpack picocli config jackson-core jackson-databind jackson-annotations \
    logback-classic logback-core slf4j-api; do
    # Flyway brings a Jackson 3 of its own
    jar=$(find "$lib" -name "$name-[0-9]*.jar" ! -name 'jackson-*-3.*')
    [ -n "$jar" ] || die "the build has no $name"
    install -m 644 "$jar" "$1"
  done
  missing=$("$jdk/bin/jdeps" --multi-release 17 --missing-deps --class-path "$1/*" "$1"/holdfast-*.jar 2>&1 |
    grep 'not found' || true)
  [ -z "$missing" ] || die "the agent's package lacks jars: $missing" "add them in dist/packaging/make/tree.sh."
}

put_runtime() { # DIR
  cp -r "$runtime" "$1"
  chmod -R u=rwX,go=rX "$1"
}

# SQLite's library for this machine, out of its jar, so that it need not be unpacked at each start.
put_native() { # DIR
  local machine
  machine=$(uname -m)
  command -v unzip >/dev/null || install_packages unzip || die "unzip was not found" "install it (Debian: unzip)."
  mkdir -p "$1"
  unzip -qjo "$lib"/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$machine/libsqlitejdbc.so" -d "$1"
  chmod 644 "$1/libsqlitejdbc.so"
}

put_documents() { # DIR NAME...: pages of docs/, or all of them
  local to=$1 page
  shift
  mkdir -p "$to"
  if [ $# -eq 0 ]; then
    (cd "$sources/docs" && find . -type f -print0 | tar --null -T - -c) | tar -x -C "$to"
  else
    for page in "$@"; do install -m 644 "$sources/docs/$page" "$to"; done
  fi
  chmod -R u=rwX,go=rX "$to"
}

# What a shell needs to complete the command line; the program says it itself.
put_completion() { # SHELL FILE
  mkdir -p "$(dirname "$2")"
  "$java_bin" -XX:+UseSerialGC -cp "$lib/*" dev.holdfast.dist.Main completion "$1" | sed '1{/^#!/d}' >"$2"
  chmod 644 "$2"
}

# The newest time that a file may have is the sources' date, so it is the time of all.
settle_times() { find "$1" -print0 | xargs -0 touch -h -d "@$SOURCE_DATE_EPOCH"; }
