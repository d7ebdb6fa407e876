#!/bin/bash
# What operators' scripts do with Ops Manager's backup API: find the project, the cluster and its latest snapshot, ask
# for a restore, wait for the batch, download every archive, check its SHA-1, unpack it, look at it.
#
#   OM_KEY=public:private operator.sh BASE_URL GROUP CLUSTER numbers|strings DIRECTORY
set -euo pipefail

base=$1/api/public/v1.0
group_name=$2
cluster_name=$3
typed=$4
directory=$5

# the key goes through a pipe, so that no process list shows it
api() {
  curl --silent --show-error --fail --digest --config <(printf 'user = "%s"\n' "$OM_KEY") "$@"
}
# "name" : "value" of pretty JSON, at a depth: 2 spaces for a document, 4 for the items of its results, 6 for what is in those
values() { sed -n "s/^ \{$1\}\"$2\" : \"\(.*\)\",\{0,1\}\$/\1/p"; }
fail() { echo "operator: $*" >&2; exit 1; }

group=$(api "$base/groups/byName/${group_name// /%20}?pretty=true" | values 2 id)
[ -n "$group" ] || fail "no group $group_name"

cluster=$(api "$base/groups/$group/clusters?pretty=true" | awk -F'"' -v name="$cluster_name" '
  /^    "clusterName"/ { found = $4 }
  /^    "id"/ { id = $4 }
  /^    "typeName" : "SHARDED/ { if (found == name) print id }')
[ -n "$cluster" ] || fail "no sharded cluster $cluster_name"

snapshot=$(api "$base/groups/$group/clusters/$cluster/snapshots?pretty=true" | values 4 id | head -n 1)
[ -n "$snapshot" ] || fail "no snapshot"

if [ "$typed" = strings ]; then downloads='"2"' hours='"3"'; else downloads=2 hours=3; fi
body="{\"snapshotId\":\"$snapshot\",\"delivery\":{\"methodName\":\"HTTP\",\"maxDownloads\":$downloads,\"expirationHours\":$hours}}"
jobs=$base/groups/$group/clusters/$cluster/restoreJobs
batch=$(api --header 'Content-Type: application/json' --data "$body" "$jobs?pretty=true" | values 4 batchId | sort -u)
[ "$(wc -w <<<"$batch")" = 1 ] || fail "not one batch: $batch"

for try in $(seq 60); do
  answer=$(api "$jobs?batchId=$batch&pretty=true")
  states=$(values 4 statusName <<<"$answer" | sort -u)
  [ "$states" = FINISHED ] && break
  grep -qE 'BROKEN|KILLED' <<<"$states" && fail "the batch is $states"
  [ "$try" = 60 ] && fail "the batch is still $states"
  sleep 1
done

mkdir -p "$directory"
cd "$directory"
urls=$(values 6 url <<<"$answer")
for url in $urls; do
  curl --silent --show-error --fail --location --remote-name "$url"
done

api "$jobs?batchId=$batch&pretty=true" | awk -F'"' '
  /^      "fileName"/ { file = $4 }
  /^      "hash"/ { print $4 "  " file }' > SHA1SUMS
[ "$(wc -l < SHA1SUMS)" = "$(wc -w <<<"$urls")" ] || fail "hashes are missing: $(cat SHA1SUMS)"
sha1sum --check --quiet SHA1SUMS

for url in $urls; do
  file=$(basename "$url")
  mkdir "${file%.tar.gz}"
  tar --extract --gzip --file "$file" --strip-components=1 --directory "${file%.tar.gz}"
  grep -q '^Group Name: ' "${file%.tar.gz}/restoreInfo.txt" || fail "$file says nothing of its origin"
  echo "${file%.tar.gz}"
done
