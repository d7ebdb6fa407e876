/** What pages are put together from. */

import {fill, h, newId} from './dom.js';
import {icon} from './icons.js';

/** A state: colour, drawing and word, so that it can be told without seeing colours. `kind`: ok, warn, bad, info, none. */
export function badge(kind, text) {
  return h('span', {class: `badge ${kind}`}, icon(kind), text);
}

/** A message that stays. With `urgent` screen readers tell it at once. */
export function notice(kind, title, text, urgent = false, ...more) {
  return h(
    'div',
    {class: `notice ${kind}`, role: urgent ? 'alert' : null},
    icon(kind),
    h('div', {}, h('p', {class: 'notice-title'}, title), text ? h('p', {}, text) : null, more),
  );
}

/** What went wrong, and what to do. */
export function troubleNotice(trouble) {
  const known = trouble.name === 'Trouble';
  return notice(
    'bad',
    known ? trouble.message : 'This page has a fault.',
    known ? trouble.todo : 'Load it again. If it stays, tell whoever runs the server what you did.',
    true,
    trouble.requestId ? h('p', {class: 'muted'}, 'Request ', h('code', {}, trouble.requestId)) : null,
  );
}

/** There is nothing to show, and what to do about that. */
export function emptyState(title, ...children) {
  return h('div', {class: 'empty'}, h('p', {class: 'empty-title'}, title), children);
}

/** The top of a page. */
export function heading(title, subtitle, ...actions) {
  return h(
    'div',
    {class: 'heading'},
    h('div', {}, h('h1', {tabindex: '-1'}, title), subtitle ? h('p', {class: 'lead'}, subtitle) : null),
    actions.length ? h('div', {class: 'actions'}, actions) : null,
  );
}

/** A part of a page with a heading of its own. */
export function section(title, ...children) {
  const id = newId('section');
  return h('section', {class: 'section', 'aria-labelledby': id}, h('h2', {id}, title), children);
}

/** A button that does something here; what leads elsewhere is a link. */
export function button(text, kind, onClick, more = {}) {
  return h('button', {type: 'button', class: `button ${kind}`, on: onClick ? {click: onClick} : {}, ...more}, text);
}

/** A link that looks like a button. */
export function linkButton(text, kind, href, more = {}) {
  return h('a', {class: `button ${kind}`, href, ...more}, text);
}

/**
 * A table. On narrow screens each row becomes a block with the titles of the columns in it; the roles are written out, for
 * a browser takes what is no longer laid out as a table for none.
 *
 * @param {string} caption what it lists; screen readers say it
 * @param {Array<string|{title: string, number: boolean}>} columns
 * @param {Array<Array>} rows of cells; the first cell of each is its heading
 */
export function table(caption, columns, rows) {
  const heads = columns.map((column) => (typeof column === 'string' ? {title: column} : column));
  const title = newId('table');
  return h(
    'div',
    {class: 'table-scroll', tabindex: '0', role: 'region', 'aria-labelledby': title},
    h(
      'table',
      {role: 'table'},
      h('caption', {id: title, class: 'quiet'}, caption),
      h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'}, heads.map((head) => h('th', {scope: 'col', role: 'columnheader', class: head.number ? 'number' : null}, head.title)))),
      h(
        'tbody',
        {role: 'rowgroup'},
        rows.map((cells) => h('tr', {role: 'row'}, cells.map((cell, place) => tableCell(cell, heads[place], place)))),
      ),
    ),
  );
}

function tableCell(cell, head, place) {
  const kind = head.number ? 'number' : null;
  const content = h('div', {class: 'cell'}, cell);
  return place === 0
    ? h('th', {scope: 'row', role: 'rowheader', class: kind}, content)
    : h('td', {role: 'cell', class: kind, data: cell === '' ? {} : {title: head.title}}, content);
}

/** Names with values. */
export function facts(pairs) {
  return h(
    'dl',
    {class: 'facts'},
    pairs.filter((pair) => pair).map(([name, ...value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** A labelled field, as wide as most of what is typed. `input` is a function that makes the control out of the attributes that tie it to its label. */
export function field(label, hint, input) {
  const id = newId('field');
  const hintId = hint ? `${id}-hint` : null;
  return h(
    'div',
    {class: 'field'},
    h('label', {for: id}, label),
    input({id, 'aria-describedby': hintId}),
    hint ? h('p', {class: 'hint', id: hintId}, hint) : null,
  );
}

/** Copies a text when pressed, and says so. */
export function copyButton(text, what, announce) {
  const label = h('span', {}, `Copy ${what}`);
  const made = button([icon('copy'), label], 'secondary', async () => {
    const done = await copied(text);
    label.textContent = done ? 'Copied' : 'Select it and press Ctrl+C';
    announce(done ? `The ${what} is copied.` : `The ${what} could not be copied.`);
    setTimeout(() => {
      label.textContent = `Copy ${what}`;
    }, 2500);
  });
  return made;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // over plain HTTP there is no clipboard for scripts; a selection still can be copied
    const area = h('textarea', {class: 'offscreen', readonly: true, 'aria-hidden': 'true', tabindex: '-1'});
    area.value = text;
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    before?.focus();
    return done;
  }
}

/**
 * Asks before something is done that cannot be undone. `act` does it; when it fails, the dialog stays and says why.
 *
 * @returns a promise: whether it was done
 */
export function confirm({title, text, action, act}) {
  return new Promise((resolve) => {
    const titleId = newId('dialog');
    const problem = h('div', {});
    const yes = button(action, 'danger', async () => {
      yes.disabled = true;
      try {
        await act();
        close(true);
      } catch (trouble) {
        yes.disabled = false;
        fill(problem, troubleNotice(trouble));
      }
    });
    const dialog = h(
      'dialog',
      {'aria-labelledby': titleId, on: {cancel: (event) => (event.preventDefault(), close(false))}},
      h('h2', {id: titleId}, title),
      h('p', {}, text),
      problem,
      h('div', {class: 'actions'}, button('Cancel', 'secondary', () => close(false), {autofocus: true}), yes),
    );
    function close(done) {
      dialog.close();
      dialog.remove();
      resolve(done);
    }
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A form's button that says that it is at work, and cannot be pressed twice. */
export async function whileBusy(control, words, work) {
  const before = [...control.childNodes];
  control.disabled = true;
  fill(control, words);
  try {
    return await work();
  } finally {
    control.disabled = false;
    fill(control, before);
  }
}
