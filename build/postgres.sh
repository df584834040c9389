# A temporary PostgreSQL on loopback, for scripts that source this: start_postgres FOLDER PORT [SETTING...] and stop_postgres FOLDER.
# PostgreSQL refuses to run as root; its package brings a user of its own.

as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

start_postgres() { # FOLDER PORT [SETTING...]
  local folder=$1 port=$2 options
  shift 2
  options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder'"
  for setting in "$@"; do options+=" -c $setting"; done
  mkdir -p "$folder" && if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  as_postgres "$(pg_bin)/initdb" -D "$folder/db" -U selfservice --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; return 1; }
  as_postgres "$(pg_bin)/pg_ctl" -D "$folder/db" -w -l "$folder/log" -o "$options" start >/dev/null || { cat "$folder/log" >&2; return 1; }
}

stop_postgres() { # FOLDER
  if [ -d "$1/db" ]; then as_postgres "$(pg_bin)/pg_ctl" -D "$1/db" -m immediate stop >/dev/null 2>&1 || true; fi
}
