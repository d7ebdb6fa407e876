/** Calls of the API, as whoever is signed in. */

import {MARK, QUIET_MARK} from './session.js';
import {Trouble, troubleOf} from './words.js';

export const PUBLIC = '/api/public/v1.0';
export const OWN = '/api/holdfast/v1';

/** Told to the document when the server no longer knows the session. */
export const SIGNED_OUT = 'holdfast-signed-out';

const PAGE = 500;

/** A path of the public API; `quiet` when nobody asked for it but the page itself. */
export function get(path, signal, quiet = false) {
  return call('GET', PUBLIC + path, {signal, quiet});
}

/** A path of our own API. */
export function getOwn(path, signal, quiet = false) {
  return call('GET', OWN + path, {signal, quiet});
}

export function post(path, body, signal) {
  return call('POST', PUBLIC + path, {body, signal});
}

export function remove(path, signal) {
  return call('DELETE', PUBLIC + path, {signal});
}

/** The first page of a list, with at most `size` entries: `{results, totalCount}`. */
export function page(path, size, signal, quiet = false) {
  return get(`${path}${path.includes('?') ? '&' : '?'}itemsPerPage=${size}`, signal, quiet);
}

/** All entries of a list of the public API. */
export function all(path, signal) {
  return allOf(PUBLIC + path, signal);
}

/** All entries of a list of our own API. */
export function allOwn(path, signal) {
  return allOf(OWN + path, signal);
}

async function allOf(path, signal) {
  const mark = path.includes('?') ? '&' : '?';
  const found = [];
  for (let number = 1; ; number += 1) {
    const list = await call('GET', `${path}${mark}itemsPerPage=${PAGE}&pageNum=${number}`, {signal});
    found.push(...list.results);
    if (list.results.length === 0 || found.length >= list.totalCount) {
      return found;
    }
  }
}

/**
 * One call; its document, or null when there is none. Throws a {@link Trouble}, or what `signal` was aborted with.
 *
 * @param {string} method
 * @param {string} path from the root of the server
 */
export async function call(method, path, {body, signal, quiet = false} = {}) {
  const headers = {...(quiet ? QUIET_MARK : MARK), Accept: 'application/json'};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch (failure) {
    throw signal?.aborted ? failure : Trouble.unreachable();
  }
  if (!response.ok) {
    const trouble = await troubleOf(response);
    if (trouble.isSignedOut()) {
      document.dispatchEvent(new CustomEvent(SIGNED_OUT));
    }
    throw trouble;
  }
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}
