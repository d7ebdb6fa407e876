/** Finds out who is here, shows the page that the address names, and moves the focus there. */

import {all, SIGNED_OUT} from './lib/api.js';
import {fill, h} from './lib/dom.js';
import {icon} from './lib/icons.js';
import {button, emptyState, heading, linkButton, troubleNotice} from './lib/parts.js';
import {current, signOut} from './lib/session.js';
import {Trouble} from './lib/words.js';

const ID = '([0-9a-f]{24,32})';
const PAGES = [
  ['overview', /^\/overview$/, () => import('./pages/overview.js')],
  ['deployments', new RegExp(`^/projects/${ID}/deployments$`), () => import('./pages/deployments.js')],
  ['snapshots', new RegExp(`^/projects/${ID}/snapshots(?:/(clusters|hosts)/${ID})?$`), () => import('./pages/snapshots.js')],
  ['restore', new RegExp(`^/projects/${ID}/restore(?:/(clusters|hosts)/${ID}(?:/${ID})?)?$`), () => import('./pages/restore.js')],
  ['jobs', new RegExp(`^/projects/${ID}/jobs(?:/batches/${ID})?$`), () => import('./pages/jobs.js')],
  ['jobs', new RegExp(`^/projects/${ID}/jobs/(clusters|hosts)/${ID}/${ID}$`), () => import('./pages/job.js')],
  ['keys', new RegExp(`^/projects/${ID}/keys$`), () => import('./pages/keys.js')],
  ['keys', new RegExp(`^/projects/${ID}/keys/(users|orgs)/${ID}(?:/${ID})?/list$`), () => import('./pages/lists.js')],
  ['audit', new RegExp(`^/projects/${ID}/audit$`), () => import('./pages/audit.js')],
];
const MENU = [
  ['overview', 'Overview'],
  ['deployments', 'Deployments'],
  ['snapshots', 'Snapshots'],
  ['restore', 'Restore'],
  ['jobs', 'Restore jobs'],
  ['keys', 'Keys'],
  ['audit', 'Audit'],
];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
const tools = document.getElementById('tools');
const announcer = document.getElementById('announcer');

const state = {session: null, groups: [], group: null, leaving: null, first: true};

/** Has a screen reader say something, once it is done with what it says. */
function announce(text) {
  announcer.textContent = '';
  setTimeout(() => {
    announcer.textContent = text;
  }, 60);
}

async function start() {
  document.getElementById('skip').addEventListener('click', (event) => {
    event.preventDefault();
    focusOn(main);
  });
  document.addEventListener(SIGNED_OUT, () => {
    if (state.session !== null) {
      showSignIn('Your session has ended. Sign in again, and you are back where you were.');
    }
  });
  window.addEventListener('hashchange', () => {
    if (state.session !== null) {
      show();
    }
  });
  try {
    state.session = await current();
  } catch (trouble) {
    fill(main, heading('Holdfast'), troubleNotice(trouble), button('Try again', 'primary', () => location.reload()));
    return;
  }
  await (state.session === null ? showSignIn(null) : enter());
}

async function showSignIn(message) {
  leave();
  state.session = null;
  nav.hidden = true;
  document.body.classList.remove('signed-in');
  tools.replaceChildren();
  const page = await import('./pages/signin.js');
  document.title = 'Sign in – Holdfast';
  fill(main, page.show(message, (session) => {
    state.session = session;
    announce('You are signed in.');
    enter();
  }));
  main.setAttribute('aria-busy', 'false');
  main.querySelector('input')?.focus();
}

async function enter() {
  try {
    state.groups = await all('/groups');
  } catch (trouble) {
    if (state.session !== null) {
      fill(main, heading('Holdfast'), troubleNotice(trouble), button('Try again', 'primary', enter));
    }
    return;
  }
  state.group = state.groups[0]?.id ?? null;
  document.body.classList.add('signed-in');
  nav.hidden = false;
  await show();
}

/** Shows the page of the address; what the last one still waited for is given up. */
async function show() {
  const path = location.hash.startsWith('#/') ? decodeURI(location.hash.slice(1)) : '/overview';
  const found = PAGES.map(([name, pattern, load]) => ({name, match: pattern.exec(path), load})).find(({match}) => match);
  leave();
  const leaving = new AbortController();
  state.leaving = leaving;
  if (found && found.name !== 'overview') {
    state.group = found.match[1];
  }
  frame(found?.name);
  main.setAttribute('aria-busy', 'true');
  const slow = setTimeout(() => fill(main, h('p', {class: 'loading'}, 'Loading …')), 250);
  let content;
  let title = 'Not found';
  try {
    if (!found) {
      content = [
        heading('There is no such page'),
        emptyState('The address leads nowhere.', linkButton('Go to the overview', 'primary', '#/overview')),
      ];
    } else {
      const page = await found.load().catch(() => {
        throw Trouble.unreachable();
      });
      title = page.title;
      content = await page.show(context(leaving.signal), ...found.match.slice(1));
    }
  } catch (trouble) {
    content = [heading(title === 'Not found' ? 'This did not work' : title), troubleNotice(trouble), button('Try again', 'primary', show)];
    if (trouble.name !== 'Trouble' && !leaving.signal.aborted) {
      console.error(trouble);
    }
  } finally {
    clearTimeout(slow);
  }
  if (leaving.signal.aborted) {
    return;
  }
  fill(main, content);
  main.setAttribute('aria-busy', 'false');
  document.title = `${main.querySelector('h1')?.textContent ?? title} – Holdfast`;
  if (!state.first) {
    focusOn(main.querySelector('h1') ?? main);
    window.scrollTo(0, 0);
  }
  state.first = false;
}

/** What a page is given. */
function context(signal) {
  return {
    signal,
    announce,
    session: state.session,
    groups: state.groups,
    groupName: (id) => state.groups.find((group) => group.id === id)?.name ?? id,
    refresh: show,
    go: (hash) => {
      location.hash = hash;
    },
  };
}

function leave() {
  state.leaving?.abort(new DOMException('another page was opened', 'AbortError'));
  state.leaving = null;
}

function focusOn(element) {
  element.focus({preventScroll: true});
}

/** The menu and the tools at the top, for the project that is being looked at. */
function frame(name) {
  const items = MENU.filter(([page]) => page === 'overview' || state.group !== null).map(([page, text]) => h(
    'li',
    {},
    h('a', {href: addressOf(page, state.group), 'aria-current': page === name ? 'page' : null}, icon(page), h('span', {}, text)),
  ));
  fill(nav, h('ul', {}, items));
  fill(tools, projectChoice(name), h('span', {class: 'who', title: 'The public key that you signed in with'}, state.session.user.username), button([icon('out'), 'Sign out'], 'quiet', leaveForGood));
}

function addressOf(page, group) {
  return page === 'overview' ? '#/overview' : `#/projects/${group}/${page}`;
}

function projectChoice(name) {
  if (state.groups.length < 2) {
    return state.groups.length ? h('span', {class: 'project'}, state.groups[0].name) : null;
  }
  const options = state.groups.map((group) => h('option', {value: group.id, selected: group.id === state.group}, group.name));
  const choice = h('select', {
    id: 'project',
    on: {
      change: () => {
        state.group = choice.value;
        const page = name ?? 'overview';
        if (page === 'overview') {
          frame(name);
          document.getElementById('project').focus();
          announce(`The menu leads to ${choice.selectedOptions[0].textContent} now.`);
        } else {
          location.hash = addressOf(page, choice.value);
        }
      },
    },
  }, options);
  return h('span', {class: 'project'}, h('label', {for: 'project'}, 'Project'), choice);
}

async function leaveForGood() {
  try {
    await signOut();
  } catch (trouble) {
    fill(main, heading('You are still signed in'), troubleNotice(trouble), button('Try again', 'primary', leaveForGood));
    return;
  }
  history.replaceState(null, '', '#/overview');
  await showSignIn('You are signed out.');
}

start();
