// The parts of a page that need a script: copying, searching, and a menu that is closed on a narrow screen. Without it
// everything else is there.
'use strict';

(function copying() {
  function fallback(text) { // where the clipboard is not given to a page
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error('not copied'));
  }
  for (const code of document.querySelectorAll('.code.commands')) {
    const text = code.querySelector('code').textContent;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      const copied = navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => fallback(text)) : fallback(text);
      copied.then(() => 'Copied', () => 'Select it by hand').then((said) => {
        button.textContent = said;
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
    });
    code.append(button);
  }
})();

(function menu() {
  if (window.matchMedia('(max-width: 54rem)').matches) {
    document.querySelector('.menu details').open = false;
  }
})();

(function searching() {
  const up = document.body.dataset.up;
  const form = document.querySelector('header form');
  const input = document.getElementById('search');
  const results = document.getElementById('results');
  let index = null;
  let asked = false;

  // a script and not a fetch: pages that are opened from a disk may not fetch
  window.holdfastSearch = (entries) => {
    index = entries.map((entry) => ({
      ...entry, low: [entry.page, entry.title, entry.text].map((one) => one.toLowerCase()),
    }));
    show();
  };
  function ask() {
    if (asked) return;
    asked = true;
    const script = document.createElement('script');
    script.src = up + 'search-index.js';
    document.head.append(script);
  }

  const WEIGHTS = [4, 8, 1];
  function score(entry, words) {
    let sum = 0;
    for (const word of words) {
      let best = 0;
      entry.low.forEach((text, i) => {
        const at = text.indexOf(word);
        if (at < 0) return;
        const whole = at === 0 || /[^a-z0-9]/.test(text[at - 1]);
        best = Math.max(best, WEIGHTS[i] * (whole ? 2 : 1));
      });
      if (best === 0) return 0;
      sum += best;
    }
    return sum;
  }

  function excerpt(entry, words) {
    const places = words.map((word) => entry.low[2].indexOf(word)).filter((at) => at >= 0);
    const from = Math.max(0, Math.min(...places, entry.text.length) - 60);
    return (from > 0 ? '… ' : '') + entry.text.slice(from, from + 180) + (from + 180 < entry.text.length ? ' …' : '');
  }

  function marked(text, words) { // text nodes only: nothing of the index is read as HTML
    const holder = document.createDocumentFragment();
    const low = text.toLowerCase();
    let at = 0;
    while (at < text.length) {
      let next = -1;
      let length = 0;
      for (const word of words) {
        const found = low.indexOf(word, at);
        if (found >= 0 && (next < 0 || found < next)) { next = found; length = word.length; }
      }
      if (next < 0) break;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(next, next + length);
      holder.append(text.slice(at, next), mark);
      at = next + length;
    }
    holder.append(text.slice(at));
    return holder;
  }

  function show() {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    results.hidden = words.length === 0;
    if (words.length === 0 || index === null) return;
    const found = index.map((entry) => ({ entry, points: score(entry, words) }))
      .filter((one) => one.points > 0).sort((a, b) => b.points - a.points);
    const list = document.createElement('ol');
    for (const { entry } of found.slice(0, 20)) {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = up + entry.url;
      link.append(entry.title === entry.page ? entry.page : entry.page + ': ' + entry.title);
      link.addEventListener('click', () => { results.hidden = true; });
      const text = document.createElement('p');
      text.append(marked(excerpt(entry, words), words));
      item.append(link, text);
      list.append(item);
    }
    const head = document.createElement('p');
    head.textContent = found.length === 0 ? 'Nothing has all of these words.'
      : found.length + (found.length === 1 ? ' place' : ' places') + (found.length > 20 ? ', the first 20:' : ':');
    results.replaceChildren(head, list);
  }

  form.hidden = false;
  input.addEventListener('focus', ask);
  input.addEventListener('input', () => { ask(); show(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { input.value = ''; show(); }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const first = results.querySelector('a');
    if (first) first.click();
  });
})();
