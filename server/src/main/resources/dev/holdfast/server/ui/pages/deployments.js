/** What the project has, as a tree: clusters, their shards and config servers, hosts; mirrors with their drift. */

import {getOwn} from '../lib/api.js';
import {h} from '../lib/dom.js';
import {count, duration, words} from '../lib/format.js';
import {icon} from '../lib/icons.js';
import {badge, emptyState, heading, linkButton, notice, section} from '../lib/parts.js';
import {deployment} from '../lib/places.js';
import {dueText, lastGood, scheduleText, stateBadge} from '../lib/states.js';

export const title = 'Deployments';

/** Mirrors are read one after the other, so a difference of seconds is none. */
const DRIFT = 60;

export async function show(context, group) {
  const [found, overview] = await Promise.all([
    deployment(group, context.signal),
    getOwn(`/overview?groupId=${group}`, context.signal),
  ]);
  const states = new Map((overview.groups[0]?.deployments ?? []).map((state) => [state.id, state]));
  return [
    heading('Deployments', `Of ${context.groupName(group)}.`),
    found.clusters.length === 0 && found.loose.length === 0
      ? emptyState(
        'Nothing is known of this project yet.',
        h('p', {}, 'On the server’s machine, holdfast deployment --file clusters.conf enters replica sets and sharded clusters.'),
      )
      : h('div', {class: 'trees'}, found.clusters.map((cluster) => clusterTree(group, cluster, states.get(cluster.id)))),
    found.loose.length
      ? section('Hosts of no cluster', h('ul', {class: 'tree'}, found.loose.map((host) => hostItem(host))))
      : null,
  ];
}

function clusterTree(group, cluster, state) {
  return h(
    'details',
    {class: 'card tree-card', open: true},
    h(
      'summary',
      {},
      h('h2', {}, cluster.name),
      h('span', {class: 'muted'}, cluster.sharded ? `sharded cluster, ${count(cluster.members.filter((member) => member.shardName).length, 'shard')}` : 'replica set'),
    ),
    h(
      'div',
      {class: 'tree-top'},
      state ? h('p', {}, stateBadge(state), ' last good snapshot: ', lastGood(state.lastSnapshot), '; ', scheduleText(state), dueText(state) ? [', ', dueText(state)] : null) : null,
      h(
        'div',
        {class: 'actions'},
        linkButton('Snapshots', 'secondary', `#/projects/${group}/snapshots/clusters/${cluster.id}`, {'aria-label': `Snapshots of ${cluster.name}`}),
        state?.lastSnapshot ? linkButton('Restore', 'secondary', `#/projects/${group}/restore/clusters/${cluster.id}`, {'aria-label': `Restore ${cluster.name}`}) : null,
      ),
    ),
    cluster.members.length ? branch('Members', cluster.members.map(memberItem)) : null,
    cluster.mirrors.length ? mirrorsBranch(group, cluster.mirrors, state?.mirrors ?? []) : null,
    cluster.hosts.length ? branch(cluster.sharded ? 'Routers' : 'Hosts', cluster.hosts.map((host) => hostItem(host))) : null,
  );
}

function branch(name, items, ...more) {
  return h('div', {class: 'branch'}, h('h3', {}, name), more, h('ul', {class: 'tree'}, items));
}

function memberItem(member) {
  return h(
    'li',
    {},
    h('span', {class: 'node'}, icon('deployments'), h('strong', {}, member.shardName ?? member.name), h('span', {class: 'muted'}, member.shardName ? `shard, replica set ${member.name}` : words(member.typeName))),
    member.hosts.length ? h('ul', {class: 'tree'}, member.hosts.map((host) => hostItem(host))) : null,
  );
}

function hostItem(host, ...more) {
  const what = [words(host.replicaStateName ?? host.typeName), host.version ? `MongoDB ${host.version}` : null];
  return h(
    'li',
    {},
    h('span', {class: 'node'}, h('code', {}, `${host.hostname}:${host.port}`), h('span', {class: 'muted'}, what.filter(Boolean).join(', ')), more),
  );
}

/** Config servers that their clients keep alike: a snapshot of one restores all of them. */
function mirrorsBranch(group, hosts, states) {
  const stateOf = new Map(states.map((state) => [state.hostId, state]));
  const order = (host) => stateOf.get(host.id)?.configOrder ?? hosts.length;
  const items = [...hosts].sort((one, other) => order(one) - order(other)).map((host) => {
    const state = stateOf.get(host.id);
    if (!state?.lastSnapshot) {
      return hostItem(host, badge('none', 'No snapshot of its own'));
    }
    return hostItem(
      host,
      state.driftSeconds > DRIFT ? badge('warn', `${duration(state.driftSeconds)} behind`) : badge('ok', 'Up to date'),
      h('a', {href: `#/projects/${group}/snapshots/hosts/${host.id}`}, 'snapshot of ', lastGood(state.lastSnapshot)),
    );
  });
  const having = states.filter((state) => state.lastSnapshot).length;
  const told = having === 0
    ? notice('warn', 'None of the mirrors has a snapshot.', 'Without one the cluster’s metadata cannot be restored: run holdfast snapshot --host on one of them.')
    : h('p', {class: 'hint'}, having === 1
      ? 'They hold the same data: one is read, and its snapshot restores all of them.'
      : 'They hold the same data; the drift is how much older the last snapshot of one is than the newest.');
  return branch('Mirrored config servers', items, told);
}
