#!/usr/bin/env bash
# Builds everything and runs every test: on SQLite, on a temporary PostgreSQL, and in a browser.
# Installs what the tests need on Debian and Ubuntu (Chromium, PostgreSQL). Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
. build/postgres.sh

work=$(mktemp -d)
chmod 755 "$work"
trap 'stop_postgres "$work/postgres"; rm -rf "$work"' EXIT

say() { printf '\n== %s\n' "$*"; }

as_admin() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

install_missing() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
  [ -n "$(pg_bin)" ] || missing+=(postgresql)
  [ ${#missing[@]} = 0 ] && return
  say "installing ${missing[*]}"
  command -v apt-get >/dev/null || { echo "Install ${missing[*]} with your package manager and run this again." >&2; exit 1; }
  as_admin apt-get update -qq && as_admin env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

passed=0
failed=0
run_tests() { # PROJECT LABEL [OPTION...]
  say "$1 ($2)"
  local log=$work/test.log
  dotnet test --no-build -c Release -p:Browser=true "${@:3}" "tests/$1" --nologo -v quiet --logger "console;verbosity=minimal" \
    --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$work/results" 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]} summary
  summary=$(grep -E '(Passed|Failed)! ' "$log" | tail -1)
  if [[ $summary =~ Failed:\ +([0-9]+),\ Passed:\ +([0-9]+) ]]; then
    failed=$((failed + BASH_REMATCH[1]))
    passed=$((passed + BASH_REMATCH[2]))
  fi
  # A run that died without counting its tests is a failure too.
  if [ "$status" != 0 ] && ! [[ $summary =~ Failed:\ +[1-9] ]]; then failed=$((failed + 1)); fi
}

finish() {
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
  exit
}

step() { # LABEL COMMAND...
  say "$1"
  shift
  "$@" || { failed=$((failed + 1)); finish; }
}

install_missing
step "restore" dotnet restore SelfService.sln --locked-mode
step "build" dotnet build SelfService.sln -c Release --no-restore --nologo -v quiet
step "format" dotnet format SelfService.sln --verify-no-changes --no-restore

run_tests SelfService.Search.Tests "in memory"
if dotnet build tests/SelfService.Search.Tests -c Release -p:SearchEngine=Lucene --nologo -v quiet >"$work/lucene.log" 2>&1; then
  run_tests SelfService.Search.Tests "Lucene.Net" -p:SearchEngine=Lucene
elif grep -qE 'NU1(10[1-3]|60[1-5])' "$work/lucene.log"; then
  say "SelfService.Search.Tests on Lucene.Net: not run, the package cannot be restored here"
else
  cat "$work/lucene.log"
  failed=$((failed + 1))
fi
run_tests SelfService.Core.Tests "SQLite"
run_tests SelfService.Web.Tests "SQLite"
run_tests SelfService.Browser.Tests "Chromium"
port=$((20000 + RANDOM % 10000))
if start_postgres "$work/postgres" "$port" fsync=off autovacuum=off max_connections=300; then
  export SELFSERVICE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=selfservice;Database=postgres"
  run_tests SelfService.Core.Tests "PostgreSQL"
  run_tests SelfService.Web.Tests "PostgreSQL"
else
  failed=$((failed + 1))
fi
finish
