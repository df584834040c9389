#!/usr/bin/env bash
# Two nodes of the portal on a temporary PostgreSQL behind nginx, at http://localhost:5080, until Ctrl+C. With --check it tries what several nodes
# must be able to do (sign in on one and post on the other, a rolling restart under load) and ends. Needs postgresql, nginx and curl.
set -euo pipefail
cd "$(dirname "$0")/.."
. build/postgres.sh

work=$(mktemp -d)
chmod 755 "$work"
declare -A node
trap stop_all EXIT

stop_all() {
  for port in "${!node[@]}"; do kill "${node[$port]}" 2>/dev/null || true; done
  [ -f "$work/nginx.pid" ] && kill "$(cat "$work/nginx.pid")" 2>/dev/null || true
  stop_postgres "$work/postgres"
  wait 2>/dev/null || true
  rm -rf "$work"
}

start_node() { # PORT
  SelfService__Database=Postgres ConnectionStrings__SelfService="Host=127.0.0.1;Port=5433;Username=selfservice;Database=selfservice" \
    SelfService__Keys__Passphrase="a phrase for trying this out" SelfService__DataDirectory="$work/data" SelfService__ContentDirectory="$PWD/content" \
    SelfService__PublicUrl=http://localhost:5080 ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS="http://127.0.0.1:$1" \
    dotnet src/SelfService.Web/bin/Release/net10.0/SelfService.Web.dll >>"$work/node-$1.log" 2>&1 &
  node[$1]=$!
}

ready() { # PORT
  for _ in $(seq 240); do
    curl -fs -o /dev/null "http://127.0.0.1:$1/health/ready" && return
    kill -0 "${node[$1]}" 2>/dev/null || break
    sleep 0.5
  done
  tail -5 "$work/node-$1.log" | cut -c1-600 >&2
  return 1
}

start_nginx() {
  printf 'pid %s/nginx.pid;\nerror_log %s/nginx.log;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path %s/body;\nproxy_temp_path %s/proxy;\ninclude %s/build/nginx.conf;\n}\n' \
    "$work" "$work" "$work" "$work" "$PWD" >"$work/nginx.conf"
  nginx -e "$work/nginx.log" -c "$work/nginx.conf"
}

token() { # JAR ADDRESS
  curl -fs -b "$1" -c "$1" "$2" | grep -o 'name="__RequestVerificationToken" type="hidden" value="[^"]*"' | head -1 | sed 's/.*value="//; s/"$//'
}

check() {
  local jar=$work/jar failed=0 answer
  answer=$(curl -s -o /dev/null -w '%{http_code}' -c "$jar" -b "$jar" --data-urlencode "Email=lucia@brisal.example" --data-urlencode "Password=colibri-azul-24" \
    --data-urlencode "__RequestVerificationToken=$(token "$jar" http://127.0.0.1:5081/cuenta/entrar)" http://127.0.0.1:5082/cuenta/entrar)
  echo "the form of node 1 sent to node 2: $answer (302 wanted)"
  [ "$answer" = 302 ] || failed=1
  answer=$(curl -s -o /dev/null -w '%{http_code}' -b "$jar" http://127.0.0.1:5081/cuenta)
  echo "signed in on node 2, known on node 1: $answer (200 wanted)"
  [ "$answer" = 200 ] || failed=1

  # Somebody reads and somebody searches all the time while each node is stopped and started again.
  : >"$work/answers"
  (while [ ! -f "$work/enough" ]; do curl -s -o /dev/null -w '%{http_code}\n' -A Mozilla/5.0 http://localhost:5080/articulos/luces-del-nodo-6 >>"$work/answers"; done) &
  local reader=$!
  (while [ ! -f "$work/enough" ]; do curl -s -o /dev/null -w '%{http_code}\n' -A Mozilla/5.0 "http://localhost:5080/catalogo" >>"$work/answers"; done) &
  local searcher=$!
  for port in 5081 5082; do
    kill "${node[$port]}"
    wait "${node[$port]}" || true
    start_node "$port"
    ready "$port" || failed=1
  done
  touch "$work/enough"
  wait "$reader" "$searcher"
  echo "answers during a rolling restart: $(sort "$work/answers" | uniq -c | tr -s ' ' | tr '\n' ',')"
  [ "$(sort -u "$work/answers")" = 200 ] || failed=1
  [ "$failed" = 0 ] && echo "two nodes: all right" || echo "two nodes: something failed" >&2
  return "$failed"
}

[ -n "$(pg_bin)" ] && command -v nginx >/dev/null || { echo "Install postgresql and nginx first." >&2; exit 1; }
dotnet build src/SelfService.Web -c Release --nologo -v quiet >/dev/null
start_postgres "$work/postgres" 5433
"$(pg_bin)/createdb" -h 127.0.0.1 -p 5433 -U selfservice selfservice
# Both at once: one of them migrates, makes the keys and reads the content, the other one waits.
start_node 5081
start_node 5082
ready 5081
ready 5082
start_nginx
if [ "${1:-}" = --check ]; then
  check
else
  echo "http://localhost:5080 (nodes: 5081, 5082; their logs: $work/node-*.log). Ctrl+C stops all."
  wait
fi
