/** The access list of a key: from where it may make changes. */

import {all, post, remove} from '../lib/api.js';
import {fill, h} from '../lib/dom.js';
import {time} from '../lib/format.js';
import {
  button,
  confirm,
  emptyState,
  field,
  heading,
  linkButton,
  section,
  table,
  troubleNotice,
  whileBusy,
} from '../lib/parts.js';

export const title = 'Access list';

/** `owner` is the key itself, or the organisation that has the `key`. */
export async function show(context, group, kind, owner, key) {
  const path = kind === 'users' ? `/users/${owner}/accessList` : `/orgs/${owner}/apiKeys/${key}/accessList`;
  const entries = await all(path, context.signal);
  return [
    heading(
      'Access list',
      'From these addresses the key may make changes, such as restore jobs and keys.',
      linkButton('Back to the keys', 'secondary', `#/projects/${group}/keys`),
    ),
    entries.length === 0
      ? emptyState(
          'The list is empty.',
          h(
            'p',
            {},
            'A key without a list makes such changes only from the server’s own machine. Add your address below.',
          ),
        )
      : section(
          'Addresses',
          table(
            'Addresses on the list',
            ['Address or block', 'Added', 'Last used', {title: 'Uses', number: true}, 'Remove'],
            entries.map((entry) => row(context, path, entry)),
          ),
        ),
    add(context, path),
  ];
}

function row(context, path, entry) {
  return [
    h('code', {}, entry.cidrBlock),
    time(entry.created),
    entry.lastUsed ? [time(entry.lastUsed), h('span', {class: 'under'}, `from ${entry.lastUsedAddress}`)] : 'never',
    String(entry.count ?? 0),
    button(
      'Remove',
      'small danger-quiet',
      async () => {
        const done = await confirm({
          title: `Remove ${entry.cidrBlock}?`,
          text: 'From there the key makes no more changes, unless another entry has the address too.',
          action: 'Remove the entry',
          act: () => remove(`${path}/${encodeURIComponent(entry.cidrBlock)}`),
        });
        if (done) {
          context.announce(`${entry.cidrBlock} is removed.`);
          context.refresh();
        }
      },
      {'aria-label': `Remove ${entry.cidrBlock}`},
    ),
  ];
}

function add(context, path) {
  const problem = h('div', {});
  const submit = h('button', {type: 'submit', class: 'button primary'}, 'Add');
  const form = h(
    'form',
    {
      class: 'card',
      on: {
        submit: (event) => {
          event.preventDefault();
          whileBusy(submit, 'Adding …', async () => {
            const address = form.elements.address.value.trim();
            try {
              await post(path, [address.includes('/') ? {cidrBlock: address} : {ipAddress: address}]);
              context.announce(`${address} is added..`);
              context.refresh();
            } catch (trouble) {
              fill(problem, troubleNotice(trouble));
            }
          });
        },
      },
    },
    field('Address or block', 'Such as 192.0.2.7 or 192.0.2.0/24.', (ties) =>
      h('input', {...ties, name: 'address', type: 'text', required: true, autocomplete: 'off', spellcheck: 'false'}),
    ),
    problem,
    h('div', {class: 'actions'}, submit),
  );
  return section('Add an address', form);
}
