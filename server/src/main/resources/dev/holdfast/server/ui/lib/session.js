/**
 * Who is signed in. The one file that knows how: a digest made here proves the key once, and what the browser keeps
 * after that is a cookie that no script can read. The private key is a local variable of {@link signIn}.
 */

import {answer, parseChallenge} from './digest.js';
import {Trouble, troubleOf} from './words.js';

const SESSIONS = '/api/holdfast/v1/sessions';

const CHALLENGE = 'X-Holdfast-Challenge';

/** What every call of ours bears; a page from elsewhere cannot make a browser send it, so it cannot use the cookie. */
export const MARK = {'X-Holdfast-Session': '1'};

/** The same for what a page asks by itself, which shall not keep a session alive that nobody uses. */
export const QUIET_MARK = {'X-Holdfast-Session': '0'};

/** Signs in with an API key; the session, or a {@link Trouble}. */
export async function signIn(user, key) {
  let challenge = await freshChallenge();
  for (let attempt = 0; ; attempt += 1) {
    const response = await send('POST', SESSIONS, {
      ...MARK,
      Authorization: answer(challenge, user, key, 'POST', SESSIONS),
    });
    if (response.ok) {
      return response.json();
    }
    const again = parseChallenge(response.headers.get(CHALLENGE));
    if (response.status === 401 && again?.stale === 'true' && attempt === 0) {
      challenge = again;
      continue;
    }
    const trouble = await troubleOf(response);
    throw trouble.isSignedOut() ? Trouble.wrongKey() : trouble;
  }
}

/** The session of this browser, null when there is none: `{user: {id, username, desc}, roles, expires}`. */
export async function current() {
  const response = await send('GET', `${SESSIONS}/current`, MARK);
  if (response.status === 401) {
    return null;
  }
  if (!response.ok) {
    throw await troubleOf(response);
  }
  return response.json();
}

/** Ends the session here and at the server. */
export async function signOut() {
  const response = await send('DELETE', `${SESSIONS}/current`, MARK);
  if (!response.ok && response.status !== 401) {
    throw await troubleOf(response);
  }
}

// the mark keeps the challenge out of WWW-Authenticate, where a browser would answer it with a dialog of its own
async function freshChallenge() {
  const response = await send('POST', SESSIONS, MARK);
  const challenge = parseChallenge(response.headers.get(CHALLENGE));
  if (challenge === null) {
    throw response.ok ? Trouble.unreachable() : await troubleOf(response);
  }
  return challenge;
}

async function send(method, target, headers) {
  try {
    return await fetch(target, {method, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error'});
  } catch {
    throw Trouble.unreachable();
  }
}
