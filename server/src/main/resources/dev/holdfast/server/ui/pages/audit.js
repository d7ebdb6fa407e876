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
const KNOWN = ['seq', 'at', 'kind', 'what', 'who', 'from', 'outcome', 'hash', 'groupId', 'prev', 'previous'];
const OUTCOMES = {DONE: ['ok', 'Done'], NOTHING_TO_CHANGE: ['none', 'Nothing to change'], REFUSED: ['warn', 'Refused'], FAILED: ['bad', 'Failed']};

export async function show(context, group) {
  const everything = context.session.roles.some((role) => role.roleName.startsWith('GLOBAL_'));
  const view = {context, group, kind: '', page: 1, whole: false, body: h('div', {})};
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
      : table('Records of the audit trail, the latest first', ['When', 'What', 'Who', 'From', 'Outcome', 'More'], list.results.map(row)),
    pages > 1 ? pager(view, pages, list.totalCount) : null,
  );
}

function row(record) {
  const [kind, text] = OUTCOMES[record.outcome] ?? [];
  return [
    time(record.at, 'absolute'),
    record.what ?? [record.method, record.route ?? record.path].filter(Boolean).join(' '),
    record.who ? h('code', {}, record.who) : '–',
    record.from ? h('code', {}, record.from) : '–',
    kind ? badge(kind, text) : '–',
    more(record),
  ];
}

/** The whole record, for whoever compares it with another copy. */
function more(record) {
  const rest = Object.entries(record).filter(([name]) => !KNOWN.includes(name));
  const short = rest.slice(0, 2).map(([name, value]) => `${name} ${value}`).join(', ');
  return h('details', {class: 'record'}, h('summary', {}, short || `record ${record.seq}`), h('pre', {}, JSON.stringify(record, null, 2)));
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
