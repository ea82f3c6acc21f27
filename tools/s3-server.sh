#!/bin/bash
# An S3 server for tests and CI: Ceph with one monitor, one storage daemon and one gateway, all on
# the loopback interface and all in FOLDER. Made for throw-away data: nothing is authenticated
# between the daemons, and there is one copy of everything.
#
#   tools/s3-server.sh start FOLDER [PORT]   starts (in some 20 s) and prints the test variables
#   tools/s3-server.sh stop FOLDER           ends the daemons; the folder may then be removed
#
# Needs Debian's packages:
#   apt-get install -y --no-install-recommends ceph-mon ceph-osd ceph-common radosgw
# The variables are printed as NAME=value lines, as a CI environment file takes them; in a shell:
#   while read -r line; do export "${line?}"; done < <(tools/s3-server.sh start FOLDER)
set -euo pipefail

usage() {
  sed -n 's/^#   \(tools.*\)/\1/p' "$0" >&2
  exit 2
}
[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
home=$(cd "$2" && pwd)
port=${3:-19003}
conf=$home/ceph.conf
user=strongroom-test
access=strongroomtestaccess
secret=strongroomtestsecret

running() { [ -s "$home/run/$1.pid" ] && kill -0 "$(cat "$home/run/$1.pid")" 2>/dev/null; }
answers() { curl -sf -o /dev/null --max-time 2 "http://127.0.0.1:$port/"; }

write_conf() {
  cat > "$conf" <<END
[global]
fsid = $1
mon_host = v1:127.0.0.1:$((port + 1000))
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr2 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = $home/run
pid_file = $home/run/\$name.pid
admin_socket = $home/run/\$name.asok
crash_dir = $home/run
log_file = $home/log/\$name.log
mon_cluster_log_file = $home/log/cluster.log
keyring = $home/keyring
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
mon_data = $home/mon
mon_data_avail_crit = 1
osd_data = $home/osd
osd_objectstore = bluestore
bluestore_block_size = 17179869184
bluestore_block_create = true
osd_memory_target = 1073741824
[client.rgw.test]
rgw_data = $home/run
rgw_frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
END
}

# A cluster that has never run: keys for the monitor and us, its map, an empty monitor and disk.
create() {
  rm -rf "$home"/{run,log,mon,osd,keyring,monmap,created}
  mkdir -p "$home"/{run,log,mon,osd}
  local fsid disk
  fsid=$(cat /proc/sys/kernel/random/uuid)
  disk=$(cat /proc/sys/kernel/random/uuid)
  write_conf "$fsid"
  ceph-authtool -C "$home/keyring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$home/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
  monmaptool --create --clobber --fsid "$fsid" --addv m "[v1:127.0.0.1:$((port + 1000))]" \
    "$home/monmap"
  ceph-mon -c "$conf" -i m --mkfs --monmap "$home/monmap" --keyring "$home/keyring"
  ceph-mon -c "$conf" -i m
  ceph -c "$conf" --connect-timeout 60 osd new "$disk"
  ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$disk"
}

start() {
  for program in ceph ceph-mon ceph-osd radosgw radosgw-admin curl; do
    command -v "$program" >/dev/null || { echo "$program is not installed; see $0" >&2; exit 3; }
  done
  [ -f "$home/created" ] || create
  local tries=0
  until answers; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { echo "no answer on port $port; see $home/log" >&2; exit 1; }
    # In every turn: a storage daemon that asks the monitor too early ends itself (Ceph 16).
    running mon.m || ceph-mon -c "$conf" -i m
    running osd.0 || ceph-osd -c "$conf" -i 0
    running client.rgw.test || radosgw -c "$conf" -n client.rgw.test
    sleep 1
  done
  [ -f "$home/created" ] || radosgw-admin -c "$conf" user create --uid="$user" \
    --display-name="$user" --access-key="$access" --secret="$secret"
  touch "$home/created"
}

stop() {
  local file
  for file in "$home"/run/client.rgw.test.pid "$home"/run/osd.0.pid "$home"/run/mon.m.pid; do
    if [ -s "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
}

case $action in
  start)
    start < /dev/null > "$home/start.log" 2>&1 || {
      status=$?
      cat "$home/start.log" >&2
      exit "$status"
    }
    echo "STRONGROOM_TEST_S3_URL=s3://strongroom-test?endpoint=http://127.0.0.1:$port&region=default"
    echo "AWS_ACCESS_KEY_ID=$access"
    echo "AWS_SECRET_ACCESS_KEY=$secret"
    ;;
  stop) stop ;;
  *) usage ;;
esac
