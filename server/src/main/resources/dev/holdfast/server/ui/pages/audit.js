/** The audit trail of a project: who did what, from where, and what came of it. */

import {getOwn} from '../lib/api.js';
import {fill, h} from '../lib/dom.js';
import {time} from '../lib/format.js';
import {badge, button, emptyState, heading, notice, table, troubleNotice} from '../lib/parts.js';

export const title = 'Audit';

const AT_ONCE = 50;
const KINDS = [
  ['', 'Everything'],
  ['CHANGE', 'Changes'],
  ['KEY', 'Keys'],
  ['SIGN_IN', 'Sign-ins'],
  ['DOWNLOAD', 'Downloads'],
  ['SNAPSHOT', 'Snapshots'],
];
/** What callers did, by method and end of the route; what is not here is shown as it is. */
const DEEDS = [
  [/^POST .*\/restoreJobs$/, 'Restore job asked for'],
  [/^POST .*\/kill$/, 'Restore job stopped'],
  [/^POST .*\/apiKeys$/, 'Key made'],
  [/^PATCH .*\/apiKeys\/\{keyId\}$/, 'Key changed'],
  [/^DELETE .*\/apiKeys\/\{keyId\}$/, 'Key removed'],
  [/^POST .*\/(accessList|whitelist)$/, 'Address added to an access list'],
  [/^DELETE .*\/(accessList|whitelist)\/.*$/, 'Address removed from an access list'],
  [/^POST .*\/sessions$/, 'Signed in'],
  [/^DELETE .*\/sessions\/current$/, 'Signed out'],
  [/^DELETE .*\/snapshots\/\{snapshotId\}$/, 'Snapshot deleted'],
  [/^PATCH .*\/snapshots\/\{snapshotId\}$/, 'Life of a snapshot changed'],
  [/^PATCH .*\/snapshotSchedule$/, 'Schedule changed'],
  [/^PATCH .*\/backupConfigs\/\{clusterId\}$/, 'Backup changed'],
  [/^POST \/agent\/.*\/snapshots$/, 'Snapshot begun by an agent'],
  [/^POST \/agent\/.*\/parts$/, 'Part begun by an agent'],
  [/^POST \/agent\/.*\/parts\/\{partId\}\/commit$/, 'Part ended by an agent'],
  [/^POST \/agent\/.*\/snapshots\/\{snapshotId\}\/commit$/, 'Snapshot ended by an agent'],
];
const OUTCOMES = {DONE: ['ok', 'Done'], NOTHING_TO_CHANGE: ['none', 'Nothing to change'], REFUSED: ['warn', 'Refused'], FAILED: ['bad', 'Failed']};

export async function show(context, group) {
  const everything = context.session.roles.some((role) => role.roleName.startsWith('GLOBAL_'));
  const view = {context, group, kind: '', page: 1, whole: false, body: h('div', {class: 'stack'})};
  try {
    await load(view);
  } catch (trouble) {
    if (trouble.code !== 'USER_UNAUTHORIZED') {
      throw trouble;
    }
    return [
      heading('Audit', `Of ${context.groupName(group)}.`),
      notice('info', 'The audit trail is shown to owners of the project.', 'Your key has another role here. Ask an owner, or sign in with another key.'),
    ];
  }
  return [heading('Audit', 'The latest first. Records are never changed; holdfast audit verify proves it.'), filter(view, everything), view.body];
}

function filter(view, everything) {
  const change = (take) => async (event) => {
    take(event.target);
    view.page = 1;
    await turn(view);
  };
  return h(
    'div',
    {class: 'filters'},
    h('div', {class: 'field inline'}, h('label', {for: 'audit-kind'}, 'Show'), h('select', {id: 'audit-kind', on: {change: change((select) => {
      view.kind = select.value;
    })}}, KINDS.map(([kind, name]) => h('option', {value: kind}, name)))),
    everything
      ? h('div', {class: 'check'}, h('input', {type: 'checkbox', id: 'audit-all', on: {change: change((box) => {
        view.whole = box.checked;
      })}}), h('label', {for: 'audit-all'}, 'Of the whole installation'))
      : null,
  );
}

async function turn(view) {
  try {
    await load(view);
    view.context.announce('The list is shown.');
  } catch (trouble) {
    if (!view.context.signal.aborted) {
      fill(view.body, troubleNotice(trouble));
    }
  }
}

async function load(view) {
  const query = new URLSearchParams({pageNum: view.page, itemsPerPage: AT_ONCE});
  if (!view.whole) {
    query.set('groupId', view.group);
  }
  if (view.kind) {
    query.set('kind', view.kind);
  }
  const list = await getOwn(`/audit?${query}`, view.context.signal);
  const pages = Math.max(1, Math.ceil(list.totalCount / AT_ONCE));
  fill(
    view.body,
    list.results.length === 0
      ? emptyState('Nothing was recorded.', h('p', {}, view.kind ? 'Choose Everything to see the other kinds.' : 'Records come with the first change, download or snapshot.'))
      : table('Records of the audit trail, the latest first', ['When', 'What', 'Who', 'From', 'Outcome'], list.results.map(row)),
    pages > 1 ? pager(view, pages, list.totalCount) : null,
  );
}

function row(record) {
  const [kind, text] = OUTCOMES[record.outcome] ?? [];
  return [
    time(record.at, 'absolute'),
    what(record),
    record.who ? h('code', {title: record.who}, record.who.replace(/^agent of [0-9a-f]{24}$/, 'an agent')) : '–',
    record.from ? h('code', {}, record.from) : '–',
    kind ? badge(kind, text) : '–',
  ];
}

/** In words; and the whole record, for whoever compares it with another copy. */
function what(record) {
  const told = record.what ?? '';
  const [, deed] = DEEDS.find(([pattern]) => pattern.test(told)) ?? [null, told.charAt(0).toUpperCase() + told.slice(1)];
  return [
    h('span', {class: 'wrap'}, deed),
    record.count > 1 ? ` (${record.count} times)` : null,
    h('details', {class: 'record'}, h('summary', {}, `Record ${record.seq}`), h('pre', {class: 'wrapped'}, JSON.stringify(record, null, 2))),
  ];
}

function pager(view, pages, total) {
  const go = (by) => async () => {
    view.page += by;
    await turn(view);
    view.body.querySelector('.pager')?.focus();
  };
  return h(
    'div',
    {class: 'pager', tabindex: '-1', role: 'group', 'aria-label': 'Pages of the list'},
    button('Later', 'secondary', go(-1), {disabled: view.page === 1}),
    h('span', {}, `Page ${view.page} of ${pages}, ${total} records`),
    button('Earlier', 'secondary', go(1), {disabled: view.page === pages}),
  );
}
