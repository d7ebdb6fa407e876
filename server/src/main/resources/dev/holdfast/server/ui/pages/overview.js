/** What is protected and what is not, how fresh it is, what wants attention, and how full the store is. */

import {getOwn} from '../lib/api.js';
import {fill, h} from '../lib/dom.js';
import {bytes, count, time} from '../lib/format.js';
import {badge, emptyState, heading, linkButton, notice, section, table} from '../lib/parts.js';
import {dueText, isSharded, lastGood, scheduleText, stateBadge} from '../lib/states.js';

export const title = 'Overview';

/** The page lies open on many a second screen. */
const REFRESH = 60000;

export async function show(context) {
  const body = h('div', {class: 'stack'});
  const draw = (found) => fill(body, content(found));
  draw(await getOwn('/overview', context.signal));
  const timer = setInterval(async () => {
    try {
      const found = await getOwn('/overview', context.signal, true);
      // who reads a table by keyboard is not thrown out of it
      if (!body.contains(document.activeElement)) {
        draw(found);
      }
    } catch {
      // the next look may get through; the page says how old it is
    }
  }, REFRESH);
  context.signal.addEventListener('abort', () => clearInterval(timer));
  return [heading('Overview', 'What is protected, and how fresh it is.'), body];
}

function content(found) {
  const groups = found.groups.filter((group) => group.deployments.length > 0);
  return [
    figures(found),
    alerts(found.alerts),
    groups.length === 0 ? nothing(found.groups) : groups.map((group) => projectTable(group)),
    h('p', {class: 'muted fresh'}, 'As of ', time(found.generated, 'absolute'), '. This page looks again every minute.'),
  ];
}

/** The answer to "am I safe?" in four figures. */
function figures({summary, store}) {
  const open = summary.late + summary.never;
  return h(
    'ul',
    {class: 'figures'},
    figure('Protected', `${summary.ok} of ${summary.deployments}`, summary.ok === summary.deployments && summary.ok > 0 ? badge('ok', 'All of them') : open > 0 ? badge('warn', `${open} late or never captured`) : badge('none', `${count(summary.unscheduled, 'without a schedule')}`.replace('schedules', 'schedule'))),
    figure('Snapshots', String(store.snapshots), summary.failed > 0 ? badge('bad', `${count(summary.failed, 'capture')} failed last`) : 'that can be restored'),
    figure('Stored', bytes(store.newBytes), store.newBytes > 0 ? `hold ${bytes(store.logicalBytes)} of files` : 'nothing yet'),
    store.capacityBytes ? figure('Free', bytes(store.freeBytes), spaceMeter(store)) : null,
  );
}

function figure(name, value, note) {
  return h('li', {class: 'figure'}, h('span', {class: 'figure-name'}, name), h('strong', {class: 'figure-value'}, value), h('span', {class: 'figure-note'}, note));
}

function spaceMeter(store) {
  const used = store.capacityBytes - store.freeBytes;
  const part = Math.round((used / store.capacityBytes) * 100);
  return h('span', {class: 'space'}, h('meter', {min: 0, max: 100, high: 85, optimum: 0, value: part, 'aria-label': 'Space that is used'}), `${part} % of the disk used`);
}

function alerts(list) {
  return section(
    'Alerts',
    list.length === 0
      ? h('p', {class: 'all-good'}, badge('ok', 'Nothing wants your attention'))
      : h('ul', {class: 'alerts'}, list.map((alert) => h('li', {}, notice(
        alert.severityName === 'ERROR' ? 'bad' : 'warn',
        alert.message,
        alert.action,
      )))),
  );
}

function projectTable(group) {
  const rows = group.deployments.map((deployment) => [
    nameOf(group, deployment),
    stateBadge(deployment),
    [lastGood(deployment.lastSnapshot), deployment.running ? [' ', badge('wait', 'one is being made')] : null],
    [h('span', {class: 'whole'}, scheduleText(deployment)), h('span', {class: 'under'}, dueText(deployment))],
    deployment.lastSnapshot ? [bytes(deployment.lastSnapshot.logicalBytes), h('span', {class: 'under'}, `${bytes(deployment.lastSnapshot.storedBytes)} stored`)] : '–',
    deployment.lastSnapshot && hasList(deployment) ? linkButton('Restore', 'small', `#/projects/${group.id}/restore/${kindOf(deployment)}/${deployment.id}`, {'aria-label': `Restore ${deployment.name}`}) : '',
  ]);
  return section(group.name, table(
    `What is protected in ${group.name}`,
    ['Deployment', 'State', 'Last good snapshot', 'Schedule', {title: 'Size', number: true}, 'Restore'],
    rows,
  ));
}

function nameOf(group, deployment) {
  const what = isSharded(deployment) ? `sharded, ${count(deployment.members.filter((member) => member.typeName === 'REPLICA_SET').length, 'shard')}` : deployment.typeName === 'REPLICA_SET' ? 'replica set' : 'host';
  return [
    hasList(deployment) ? h('a', {href: `#/projects/${group.id}/snapshots/${kindOf(deployment)}/${deployment.id}`}, deployment.name) : deployment.name,
    h('span', {class: 'under'}, what),
  ];
}

/** Only clusters and mirrored config servers have lists of snapshots; a host of no cluster has none. */
function hasList(deployment) {
  return deployment.typeName.endsWith('REPLICA_SET') || deployment.typeName === 'SHARD_CONFIG';
}

function kindOf(deployment) {
  return deployment.typeName === 'SHARD_CONFIG' ? 'hosts' : 'clusters';
}

function nothing(groups) {
  return groups.length === 0
    ? emptyState(
      'Your key has no role in any project.',
      h('p', {}, 'An owner of a project can give it one; or sign in with another key.'),
    )
    : emptyState(
      'Nothing is protected yet.',
      h('p', {}, 'Enter your replica sets and sharded clusters with holdfast deployment --file clusters.conf on the server’s machine, then take the first snapshot with holdfast snapshot or an agent.'),
    );
}
