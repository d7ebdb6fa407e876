/**
 * HTTP Digest (RFC 7616) with MD5 and qop=auth, as the API asks for it. The private key goes into a hash and nowhere else.
 */

import {md5} from './md5.js';

/** The parameters of a challenge, by name; null when the header is no digest challenge. */
export function parseChallenge(header) {
  if (!header || !/(^|[\s,-])digest\s/i.test(header.replace(/"[^"]*"/g, '""'))) {
    return null;
  }
  const found = {};
  for (const [, name, quoted, bare] of header.matchAll(/([a-z]+)=(?:"([^"]*)"|([^\s,"]+))/gi)) {
    found[name.toLowerCase()] = quoted ?? bare;
  }
  return found.nonce && found.realm !== undefined ? found : null;
}

/**
 * The value of the header Authorization that answers a challenge.
 *
 * @param {object} challenge of {@link parseChallenge}
 * @param {string} method as sent
 * @param {string} target path and query as sent
 */
export function answer(challenge, user, key, method, target) {
  const cnonce = randomText();
  const count = '00000001';
  const secret = md5(`${user}:${challenge.realm}:${key}`);
  const request = md5(`${method}:${target}`);
  const response = md5(`${secret}:${challenge.nonce}:${count}:${cnonce}:auth:${request}`);
  const parts = [
    `username="${quotable(user)}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${target}"`,
    'algorithm=MD5',
    'qop=auth',
    `nc=${count}`,
    `cnonce="${cnonce}"`,
    `response="${response}"`,
  ];
  if (challenge.opaque !== undefined) {
    parts.push(`opaque="${challenge.opaque}"`);
  }
  return `Digest ${parts.join(', ')}`;
}

function randomText() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A public key has letters only; what would break the header is no key. */
function quotable(user) {
  return user.replace(/[^\x21-\x7e]|["\\]/g, '');
}
