/**
 * What happens in a project, as it happens: server-sent events, and where those do not come (a proxy keeps them back, say)
 * a look every few seconds.
 */

import {OWN} from './api.js';

const POLL = 4000;
const PATIENCE = 8000;

/**
 * Calls `changed` now and then: at once when an event of one of `types` is told that `concerns` the caller, and every few
 * seconds while no events come. Ends with `signal`.
 *
 * @param {function(object): boolean} concerns
 * @param {function(boolean): void} live is told whether events come
 */
export function watch(group, types, concerns, changed, live, signal) {
  let timer = null;
  let heard = false;

  const poll = (on) => {
    if (on === (timer !== null) || signal.aborted) {
      return;
    }
    clearInterval(timer);
    timer = on ? setInterval(changed, POLL) : null;
    live(!on);
  };
  const source = new EventSource(`${OWN}/groups/${group}/events`);
  source.addEventListener('open', () => {
    heard = true;
    poll(false);
    live(true);
    // what happened before the stream began
    changed();
  });
  // the browser comes again by itself, unless it was refused; in between we look
  source.addEventListener('error', () => poll(true));
  for (const type of [...types, 'lost']) {
    source.addEventListener(type, (event) => {
      if (type === 'lost' || concerns(parsed(event.data))) {
        changed();
      }
    });
  }
  const late = setTimeout(() => heard || poll(true), PATIENCE);
  signal.addEventListener('abort', () => {
    source.close();
    clearTimeout(late);
    clearInterval(timer);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
