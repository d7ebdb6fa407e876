/** The archive of a restore job: its link, how often and how long that can still be used, its hash. */

import {h} from '../lib/dom.js';
import {absolute, relative, time} from '../lib/format.js';
import {copyButton, section} from '../lib/parts.js';

const UNLIMITED = 2147483647;

/** The link with what is left of it; `view.left` is what {@link tickLeft} keeps up to date. */
export function download(view, job, report, standing) {
  const url = job.delivery.url;
  const file = url.slice(url.lastIndexOf('/') + 1);
  const usable = !standing.over;
  const id = 'job-link';
  if (usable) {
    view.left = h('dd', {});
    view.expires = job.delivery.expires;
  }
  return section(
    'Download',
    h(
      'div',
      {class: 'card'},
      usable
        ? [
            h(
              'div',
              {class: 'field wide'},
              h('label', {for: id}, 'Link'),
              h(
                'div',
                {class: 'joined'},
                h('input', {
                  id,
                  type: 'text',
                  readonly: true,
                  value: url,
                  spellcheck: 'false',
                  on: {focus: (event) => event.target.select()},
                }),
                copyButton(url, 'link', view.context.announce),
              ),
              h(
                'p',
                {class: 'hint'},
                'Whoever has the link can download the archive. It is not in the address of this page.',
              ),
            ),
            h(
              'div',
              {class: 'actions'},
              h('a', {class: 'button primary', href: url, download: file, id: 'job-download'}, 'Download'),
            ),
          ]
        : null,
      h(
        'dl',
        {class: 'facts'},
        usable
          ? h('div', {}, h('dt', {}, 'Time left'), view.left)
          : h('div', {}, h('dt', {}, 'Link ended'), h('dd', {}, time(job.delivery.expires, 'absolute'))),
        h('div', {}, h('dt', {}, 'Downloads'), h('dd', {id: 'job-downloads'}, downloads(job, report))),
        h('div', {}, h('dt', {}, 'File'), h('dd', {}, h('code', {class: 'wrap'}, file))),
        (job.hashes ?? []).map((hash) =>
          h(
            'div',
            {},
            h('dt', {}, hash.typeName === 'SHA1' ? 'SHA-1' : hash.typeName),
            h('dd', {}, h('code', {class: 'wrap', id: 'job-hash'}, hash.hash)),
          ),
        ),
      ),
      usable
        ? h(
            'details',
            {},
            h('summary', {}, 'From a shell'),
            h('pre', {}, h('code', {}, `holdfast restore fetch ${job.batchId ?? job.id} --to DIR --extract`)),
            h('p', {class: 'hint'}, 'goes on after a cut and checks the hash; or, with the link in the file link.txt:'),
            h('pre', {}, h('code', {}, `xargs curl -fLO < link.txt\nsha1sum ${file}\ntar -xzf ${file}`)),
          )
        : null,
    ),
  );
}

function downloads(job, report) {
  const most = job.delivery.maxDownloads;
  const left = report.remainingDownloads;
  if (most === UNLIMITED) {
    return 'as many as you like while the link lasts';
  }
  return left === undefined || left === null ? `at most ${most}` : `${left} of ${most} left`;
}

/** Once a second: how long the link still works. Not read out, for it changes all the time. */
export function tickLeft(view) {
  if (view.left !== null) {
    const text =
      new Date(view.expires) > new Date()
        ? `${relative(view.expires).replace(/^in /, '')} (until ${absolute(view.expires)})`
        : 'none';
    if (view.left.textContent !== text) {
      view.left.textContent = text;
    }
  }
}
