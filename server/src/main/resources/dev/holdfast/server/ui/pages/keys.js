/** The keys of a project: who has which role, new ones, and those that shall not work here any more. */

import {all, post, remove} from '../lib/api.js';
import {fill, h} from '../lib/dom.js';
import {words} from '../lib/format.js';
import {
  button,
  confirm,
  copyButton,
  emptyState,
  field,
  heading,
  linkButton,
  notice,
  section,
  table,
  troubleNotice,
  whileBusy,
} from '../lib/parts.js';

export const title = 'Keys';

const ROLES = [
  ['GROUP_READ_ONLY', 'reads everything, changes nothing'],
  ['GROUP_BACKUP_ADMIN', 'makes restore jobs, deletes snapshots, changes schedules'],
  ['GROUP_MONITORING_ADMIN', 'adds and removes hosts and clusters'],
  ['GROUP_OWNER', 'everything, keys included'],
];

export async function show(context, group) {
  const {user} = context.session;
  const own = section(
    'Your own key',
    h('p', {}, h('code', {}, user.username), user.desc ? ` – ${user.desc}` : null),
    linkButton('Its access list', 'secondary', `#/projects/${group}/keys/users/${user.id}/list`),
  );
  let keys;
  try {
    keys = await all(`/groups/${group}/apiKeys`, context.signal);
  } catch (trouble) {
    if (trouble.code !== 'USER_UNAUTHORIZED') {
      throw trouble;
    }
    return [
      heading('Keys', `Of ${context.groupName(group)}.`),
      notice(
        'info',
        'The keys of a project are shown to its owners.',
        'Your key has another role here. Its own access list you can see and change.',
      ),
      own,
    ];
  }
  return [heading('Keys', `Of ${context.groupName(group)}.`), list(context, group, keys), create(context, group), own];
}

function list(context, group, keys) {
  const org = context.groups.find((one) => one.id === group)?.orgId;
  if (keys.length === 0) {
    return emptyState('No key has a role in this project.', h('p', {}, 'Make one below.'));
  }
  const rows = keys.map((key) => {
    const self = key.id === context.session.user.id;
    return [
      [h('code', {}, key.publicKey), self ? h('span', {class: 'under'}, 'the one you use') : null],
      key.desc,
      key.roles.map((role) => words(role.roleName)).join(', '),
      linkButton(
        'Access list',
        'small',
        self ? `#/projects/${group}/keys/users/${key.id}/list` : `#/projects/${group}/keys/orgs/${org}/${key.id}/list`,
        {'aria-label': `Access list of ${key.publicKey}`},
      ),
      self
        ? ''
        : button('Remove', 'small danger-quiet', () => takeAway(context, group, key), {
            'aria-label': `Remove ${key.publicKey}`,
          }),
    ];
  });
  return section(
    'Keys with a role here',
    table('Keys with a role in the project', ['Public key', 'What for', 'Roles', 'Access list', 'Remove'], rows),
  );
}

async function takeAway(context, group, key) {
  const done = await confirm({
    title: `Remove ${key.publicKey}?`,
    text:
      `“${key.desc}” loses its roles in ${context.groupName(group)}, and whatever uses it stops working here. ` +
      'The key itself stays in its organisation.',
    action: 'Remove the key',
    act: () => remove(`/groups/${group}/apiKeys/${key.id}`),
  });
  if (done) {
    context.announce(`${key.publicKey} is removed.`);
    context.refresh();
  }
}

function create(context, group) {
  const result = h('div', {});
  const problem = h('div', {});
  const submit = h('button', {type: 'submit', class: 'button primary'}, 'Make a key');
  const form = h(
    'form',
    {
      class: 'card',
      on: {
        submit: (event) => {
          event.preventDefault();
          whileBusy(submit, 'Making it …', () => make(context, group, form, problem, result));
        },
      },
    },
    field('What for', 'One key for each program or person, so that each can be removed alone.', (ties) =>
      h('input', {...ties, name: 'desc', type: 'text', required: true, maxlength: 250}),
    ),
    field('Role', null, (ties) =>
      h(
        'select',
        {...ties, name: 'role'},
        ROLES.map(([role, what]) => h('option', {value: role}, `${words(role)} – ${what}`)),
      ),
    ),
    problem,
    h('div', {class: 'actions'}, submit),
  );
  return section('A new key', form, result);
}

async function make(context, group, form, problem, result) {
  try {
    const key = await post(`/groups/${group}/apiKeys`, {
      desc: form.elements.desc.value.trim(),
      roles: [form.elements.role.value],
    });
    problem.replaceChildren();
    form.reset();
    fill(result, once(context, key));
    result.querySelector('h3').focus();
  } catch (trouble) {
    fill(problem, troubleNotice(trouble));
  }
}

/** The private half is in this answer and nowhere else, so it stays on the page until it is put away. */
function once(context, key) {
  const box = h(
    'div',
    {class: 'card secret'},
    h('h3', {tabindex: '-1'}, 'The new key: write it down now'),
    notice(
      'warn',
      'The private key is shown this once.',
      'Nobody can show it again. Put it where your other secrets are.',
    ),
    line('Public key', key.publicKey, context),
    line('Private key', key.privateKey, context),
    h(
      'div',
      {class: 'actions'},
      button('I have it', 'primary', () => {
        box.remove();
        context.refresh();
      }),
    ),
  );
  return box;
}

function line(name, value, context) {
  return field(name, null, (ties) =>
    h(
      'div',
      {class: 'joined'},
      h('input', {
        ...ties,
        type: 'text',
        readonly: true,
        value,
        autocomplete: 'off',
        spellcheck: 'false',
        on: {focus: (event) => event.target.select()},
      }),
      copyButton(value, name.toLowerCase(), context.announce),
    ),
  );
}
