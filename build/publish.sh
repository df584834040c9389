#!/usr/bin/env bash
# publish.sh [linux-x64|win-x64 …]: the portal with everything it needs, in artifacts/selfservice-RID; a machine without .NET runs it.
# SEARCH_ENGINE=Lucene compiles Lucene.Net in.
set -euo pipefail
cd "$(dirname "$0")/.."

for rid in "${@:-linux-x64}"; do
  target="artifacts/selfservice-$rid"
  rm -rf "$target"
  # A lock file of its own: those of the repository are for every machine and name no platform.
  dotnet publish src/SelfService.Web -c Release -r "$rid" --self-contained -o "$target" -v quiet \
    ${SEARCH_ENGINE:+-p:SearchEngine=$SEARCH_ENGINE} -p:PublishReadyToRun=true -p:DebugType=none -p:NuGetLockFilePath="obj/publish-$rid.lock.json"
  rm -f "$target"/SelfService.*.xml
  cp LICENSE README.md "$target/"
  case "$rid" in linux-*) cp build/selfservice.service "$target/" ;; esac
  printf '%s: %s\n' "$target" "$(du -sh "$target" | cut -f1)"
done
