/** What went wrong, in plain words, and what to do about it. */

const KNOWN = {
  USER_UNAUTHORIZED: [
    'Your key may not do that: it lacks a role.',
    'Ask an owner of the project for a key with the role, or sign in with another key.',
  ],
  NOT_IN_GROUP: [
    'Your key does not reach this project, or there is no such project.',
    'Check the address, or sign in with a key that has a role in the project.',
  ],
  GROUP_NOT_FOUND: ['There is no such project.', 'Choose one at the top of the page.'],
  USER_CANNOT_ACCESS_ORG: ['Your key is no member of this organisation.', 'Sign in with a key that is.'],
  IP_ADDRESS_NOT_ON_ACCESS_LIST: [
    'This key may not do that from where you are.',
    'Add your address to the key’s access list (Keys, then Access list) from an address that is on it, or do it on the '
      + 'server’s machine.',
  ],
  RESOURCE_REQUIRES_ACCESS_LIST: [
    'This key has no access list, and this server wants one for such a change.',
    'Add your address to the key’s access list on the server’s machine: holdfast key --help says how.',
  ],
  CANNOT_REMOVE_CALLER_FROM_ACCESS_LIST: [
    'That entry is the one you are connected through, so it stays.',
    'Remove it from another address that is on the list.',
  ],
  ADDRESS_ALREADY_IN_ACCESS_LIST: ['That address is on the list already.', 'There is nothing to do.'],
  CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT: ['That snapshot is gone.', 'Choose another one.'],
  CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT: ['That snapshot is gone.', 'Choose another one.'],
  CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT: [
    'That snapshot is not complete yet.',
    'Wait until all its parts are there, or choose an earlier one.',
  ],
  CANNOT_START_RESTORE_JOB_FOR_DAMAGED_SNAPSHOT: [
    'Stored bytes of that snapshot are damaged, so it is not given out.',
    'Choose another snapshot. If a copy of the store exists, holdfast repair can mend it from there.',
  ],
  LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION: [
    'The link would last longer than the snapshot.',
    'Ask for fewer hours, or keep the snapshot longer first.',
  ],
  NO_CHECKPOINT_FOR_PIT_RESTORE: [
    'Nothing is stored for exactly that time.',
    'Choose a snapshot: between two of them nothing can be restored.',
  ],
  SNAPSHOT_NOT_FOUND: ['There is no such snapshot (any more).', 'Choose another one.'],
  CONFIG_SNAPSHOT_NOT_FOUND: ['There is no such snapshot (any more).', 'Choose another one.'],
  RESTORE_JOB_NOT_FOUND: ['There is no such restore job.', 'Look for it in the list of jobs.'],
  CONFIG_RESTORE_JOB_NOT_FOUND: ['There is no such restore job.', 'Look for it in the list of jobs.'],
  CLUSTER_NOT_FOUND: ['There is no such cluster in this project.', 'Choose one under Deployments.'],
  HOST_NOT_FOUND: ['There is no such host in this project.', 'Choose one under Deployments.'],
};

const BY_STATUS = {
  404: ['That does not exist (any more).', 'Go back to the list, and choose again.'],
  408: ['The server did not get the whole request in time.', 'Try again.'],
  429: ['Too many requests in a short time.', 'Wait a minute, then try again.'],
  500: ['The server has a fault.', 'Its log says more. Try again; if it stays, tell whoever runs the server.'],
  502: ['Something between you and the server does not reach it.', 'Try again in a minute.'],
  503: ['The server has too much to do, or is being stopped.', 'Try again in a minute.'],
};

/** Something that did not work. `message` is for people, `todo` says what they can do. */
export class Trouble extends Error {
  constructor(status, code, message, todo, requestId = null) {
    super(message);
    this.name = 'Trouble';
    this.status = status;
    this.code = code;
    this.todo = todo;
    this.requestId = requestId;
  }

  /** Whether the answer was that nobody is signed in (any more). */
  isSignedOut() {
    return this.status === 401 && (!this.code || this.code === 'NO_CURRENT_USER');
  }

  static unreachable() {
    return new Trouble(0, null, 'The server cannot be reached.', 'Check the connection, then try again.');
  }

  static wrongKey() {
    return new Trouble(
      401,
      null,
      'The server does not know this key.',
      'Check both parts of it: the public key has eight letters, the private key is longer and has dashes. A deleted key does '
        + 'not work any more.',
    );
  }
}

/** The trouble that an answer tells of. */
export async function troubleOf(response) {
  let document = {};
  try {
    document = await response.json();
  } catch {
    // an answer from something in between; the status says enough
  }
  const code = document.errorCode ?? null;
  // the server's own messages end in a hint where there is one
  const [detail, hint] = (document.detail ?? '').split(/\s*HINT:\s*/);
  const advice = hint ?? adviceFor(response.status);
  const [message, todo] = KNOWN[code]
    ?? (code && detail ? [detail, advice] : null)
    ?? BY_STATUS[response.status]
    ?? [detail || `The server answered ${response.status}.`, advice];
  return new Trouble(response.status, code, message, todo, response.headers.get('X-Request-Id'));
}

function adviceFor(status) {
  if (status >= 500) {
    return 'Try again; if it stays, tell whoever runs the server.';
  }
  return status === 409 ? 'Look at the state of things, and try again.' : 'Correct what you entered, and try again.';
}
