/** What a project has that snapshots are taken of: replica sets, sharded clusters, mirrored config servers. */

import {all} from './api.js';

/**
 * The project's deployment: `clusters` that are no member of another, each with `name`, `members` (its shards and config
 * servers), `hosts` of its own and `mirrors` (config servers that are no replica set), and `loose` hosts of no cluster.
 */
export async function deployment(group, signal) {
  const [clusters, hosts] = await Promise.all([
    all(`/groups/${group}/clusters`, signal),
    all(`/groups/${group}/hosts`, signal),
  ]);
  const hostsOf = (id) => hosts.filter((host) => host.clusterId === id);
  const members = clusters.filter(isMember);
  const whole = clusters
    .filter((cluster) => !isMember(cluster))
    .map((cluster) => ({
      ...cluster,
      name: nameOf(cluster),
      sharded: isSharded(cluster),
      members: isSharded(cluster)
        ? members
            .filter((member) => member.clusterName === cluster.clusterName)
            .map((member) => ({...member, name: nameOf(member), hosts: hostsOf(member.id)}))
        : [],
      hosts: hostsOf(cluster.id).filter((host) => host.typeName !== 'SHARD_CONFIG'),
      mirrors: hostsOf(cluster.id).filter((host) => host.typeName === 'SHARD_CONFIG'),
    }));
  const known = new Set(clusters.map((cluster) => cluster.id));
  return {clusters: whole, loose: hosts.filter((host) => !known.has(host.clusterId))};
}

/** Everything in a deployment that has a list of snapshots: `{kind, id, name, what}`, whole clusters first. */
export function placesOf({clusters}) {
  return clusters.flatMap((cluster) => [
    {
      kind: 'clusters',
      id: cluster.id,
      name: cluster.name,
      what: cluster.sharded ? 'sharded cluster' : 'replica set',
      sharded: cluster.sharded,
    },
    ...cluster.mirrors.map((host) => ({
      kind: 'hosts',
      id: host.id,
      name: `${host.hostname}:${host.port}`,
      what: `mirrored config server of ${cluster.name}`,
      sharded: false,
    })),
  ]);
}

/** The path of a place in the public API. */
export function pathOf(group, place) {
  return `/groups/${group}/${place.kind}/${place.id}`;
}

/** Bytes of all files of a snapshot. */
export function sizeOf(snapshot) {
  return snapshot.parts.reduce((sum, part) => sum + (part.fileSizeBytes ?? 0), 0);
}

/** The moment that a snapshot stands for: its newest entry, or when it was begun. */
export function momentOf(snapshot) {
  return (snapshot.lastOplogAppliedTimestamp ?? snapshot.created).date;
}

function isSharded(cluster) {
  return cluster.typeName === 'SHARDED_REPLICA_SET' || cluster.typeName === 'SHARDED';
}

function isMember(cluster) {
  return Boolean(cluster.shardName) || cluster.typeName === 'CONFIG_SERVER_REPLICA_SET';
}

function nameOf(cluster) {
  return isSharded(cluster) ? cluster.clusterName : (cluster.replicaSetName ?? cluster.clusterName ?? cluster.id);
}
