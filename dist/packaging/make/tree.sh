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
  local name jar
  mkdir -p "$1"
  install -m 644 "$agent_jar" "$1"
  for name in holdfast-agent holdfast-contract picocli config jackson-core jackson-databind jackson-annotations \
    logback-classic logback-core slf4j-api; do
    # Flyway brings a Jackson 3 of its own
    jar=$(find "$lib" -name "$name-[0-9]*.jar" ! -name 'jackson-*-3.*')
    [ -n "$jar" ] || die "the build has no $name"
    install -m 644 "$jar" "$1"
  done
}

put_runtime() { # DIR
  cp -r "$runtime" "$1"
  chmod -R u=rwX,go=rX "$1"
}

# SQLite's library for this machine, out of its jar, so that it need not be unpacked at each start.
put_native() { # DIR
  local machine
  machine=$(uname -m)
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

# What a shell needs to complete the command line; picocli makes it from the commands themselves.
put_completion() { # FILE
  mkdir -p "$(dirname "$1")"
  "$java_bin" -cp "$lib/*" picocli.AutoComplete --force --name holdfast --completionScript "$1" \
    dev.holdfast.dist.Main >"$work/completion.log" 2>&1 || { cat "$work/completion.log" >&2; die "no completion could be made"; }
  # it is sourced
  sed -i '1{/^#!/d}' "$1"
  chmod 644 "$1"
}

# The newest time that a file may have is the sources' date, so it is the time of all.
settle_times() { find "$1" -print0 | xargs -0 touch -h -d "@$SOURCE_DATE_EPOCH"; }
