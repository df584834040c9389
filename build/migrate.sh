#!/usr/bin/env bash
# Adds one migration to both databases: build/migrate.sh NAME. Needs `dotnet tool restore` once (done here).
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: build/migrate.sh NAME}
dotnet tool restore >/dev/null
for kind in Sqlite Postgres; do
  DesignTime=true dotnet ef migrations add "$name" \
    --project src/SelfService.Core --startup-project src/SelfService.Core \
    --context "${kind}PortalDbContext" --output-dir "Persistence/Migrations/$kind"
done
