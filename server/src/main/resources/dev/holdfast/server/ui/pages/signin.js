/** Signing in with an API key. The private key is taken out of its field as soon as it was used. */

import {fill, h} from '../lib/dom.js';
import {field, notice, troubleNotice, whileBusy} from '../lib/parts.js';
import {signIn} from '../lib/session.js';

/** The page; `entered` is called with the session. `message` says why it is shown, null for no reason. */
export function show(message, entered) {
  const problem = h('div', {}, message ? notice('info', message, null, true) : null);
  const user = (ties) =>
    h('input', {
      ...ties,
      name: 'user',
      type: 'text',
      required: true,
      autocomplete: 'username',
      autocapitalize: 'none',
      spellcheck: 'false',
    });
  const key = (ties) =>
    h('input', {...ties, name: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false'});
  const submit = h('button', {type: 'submit', class: 'button primary wide'}, 'Sign in');
  const form = h(
    'form',
    {
      on: {
        submit: (event) => {
          event.preventDefault();
          whileBusy(submit, 'Signing in …', () => enter(form, problem, entered));
        },
      },
    },
    field('Public key', 'Eight letters, such as ewmaqvdo.', user),
    field('Private key', 'It proves itself to the server without being sent, and is not kept.', key),
    submit,
  );
  return h(
    'div',
    {class: 'signin'},
    h(
      'div',
      {class: 'card'},
      h('h1', {tabindex: '-1'}, 'Sign in'),
      h('p', {class: 'lead'}, 'With a key of Holdfast’s API.'),
      unprotected(),
      problem,
      form,
    ),
    h(
      'p',
      {class: 'muted'},
      'No key yet? ',
      h('code', {}, 'holdfast init'),
      ' prints the first one, and whoever has that one makes more on the page Keys.',
    ),
  );
}

async function enter(form, problem, entered) {
  const {user, key} = form.elements;
  try {
    const session = await signIn(user.value.trim(), key.value.trim());
    key.value = '';
    entered(session);
  } catch (trouble) {
    fill(problem, troubleNotice(trouble));
    key.value = '';
    (trouble.status === 401 ? key : form.querySelector('button')).focus();
  }
}

/** Over plain HTTP to another machine the key is safe, but what is shown afterwards is not. */
function unprotected() {
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  return location.protocol === 'http:' && !here
    ? notice(
        'warn',
        'This connection is not encrypted.',
        'Others on the network can read what you see, download links above all. Give the server a certificate (--tls-cert).',
      )
    : null;
}
