/** One restore job: how far it is, its link, how often and how long that can still be used. */

import {call, get, getOwn, OWN} from '../lib/api.js';
import {fill, h, newId} from '../lib/dom.js';
import {watch} from '../lib/events.js';
import {absolute, bytes, count, relative, shortId, time, words} from '../lib/format.js';
import {namesIn, standingOf, subjectOf} from '../lib/jobs.js';
import {badge, button, confirm, copyButton, facts, heading, linkButton, notice, section, table} from '../lib/parts.js';
import {deployment} from '../lib/places.js';

export const title = 'Restore job';

const UNLIMITED = 2147483647;
const EVENTS = [
  'job.ready', 'job.download-begun', 'job.downloaded', 'job.link-used-up', 'job.link-expired', 'job.broken', 'job.killed',
  'job.host-restored', 'job.host-failed',
];
/** An automated restore tells of each step to whoever asks; the events tell of its end only. */
const STEP = 2000;

export async function show(context, group, kind, owner, id) {
  const names = namesIn(await deployment(group, context.signal));
  const load = async (quiet) => {
    const [job, report] = await Promise.all([
      get(`/groups/${group}/${kind}/${owner}/restoreJobs/${id}`, context.signal, quiet),
      getOwn(`/groups/${group}/restoreJobs/${id}`, context.signal, quiet),
    ]);
    return {job, report};
  };
  const view = {context, names, group, body: h('div', {class: 'stack'}), told: null, shown: null, left: null, live: h('span', {class: 'live'})};
  let now = await load(false);
  const redraw = async () => {
    try {
      now = await load(true);
      draw(view, now);
    } catch (trouble) {
      if (!context.signal.aborted) {
        fill(view.live, badge('warn', 'Not up to date: '), trouble.message);
      }
    }
  };
  view.redraw = redraw;
  draw(view, now);
  watch(
    group,
    EVENTS,
    (event) => event.jobId === id,
    redraw,
    (live) => fill(view.live, badge(live ? 'ok' : 'info', live ? 'Live' : 'Looked at every few seconds')),
    context.signal,
  );
  const steps = setInterval(() => now.job.statusName === 'IN_PROGRESS' && redraw(), STEP);
  const clock = setInterval(() => tickLeft(view), 1000);
  context.signal.addEventListener('abort', () => {
    clearInterval(steps);
    clearInterval(clock);
  });
  return [
    heading(`Restore of ${subjectOf(now.job, names)}`, h('span', {}, 'Job ', shortId(id)), view.live),
    view.body,
  ];
}

/** Draws anew only what changed: whoever reads or has the focus in it is not disturbed by a look that found nothing. */
function draw(view, {job, report}) {
  const shown = JSON.stringify([job, report]);
  if (shown === view.shown) {
    return;
  }
  view.shown = shown;
  const standing = standingOf(job);
  if (view.told !== null && view.told !== standing.text) {
    view.context.announce(`The job is now: ${standing.text}.`);
  }
  view.told = standing.text;
  view.left = null;
  const focused = document.activeElement?.id;
  fill(
    view.body,
    h('p', {class: 'standing'}, badge(standing.kind, standing.text)),
    explanation(job, report, standing, view.group),
    job.statusName === 'FINISHED' && !job.delivery.targetClusterId ? download(view, job, report, standing) : null,
    report.targets ? targets(report.targets, view.names) : null,
    about(view, job),
    standing.over ? null : stopping(view, job),
  );
  if (focused) {
    document.getElementById(focused)?.focus({preventScroll: true});
  }
  tickLeft(view);
}

function explanation(job, report, standing, group) {
  const again = linkButton('Make another restore job', 'secondary', `#/projects/${group}/restore`);
  if (job.statusName === 'BROKEN' || job.delivery.statusName === 'FAILED') {
    return notice('bad', 'The archive cannot be given.', report.reason ?? 'Stored bytes are damaged.', false, h('p', {}, 'Choose another snapshot. ', again));
  }
  if (job.statusName === 'KILLED') {
    return notice('info', 'Somebody stopped this job.', report.reason ?? 'No reason was given.', false, again);
  }
  switch (job.delivery.statusName) {
    case 'EXPIRED':
      return notice('warn', 'The link’s time is over.', 'Make another restore job of the same snapshot, with more hours.', false, again);
    case 'MAX_DOWNLOADS_EXCEEDED':
      return notice('info', 'The archive was downloaded as often as was permitted.', 'Check its hash below. For another download make another job.', false, again);
    default:
      return standing.over ? null : job.statusName === 'IN_PROGRESS' ? h('p', {}, 'This page changes by itself when the job does.') : null;
  }
}

function download(view, job, report, standing) {
  const url = job.delivery.url;
  const file = url.slice(url.lastIndexOf('/') + 1);
  const usable = !standing.over;
  const id = 'job-link';
  if (usable) {
    view.left = h('dd', {});
    view.expires = job.delivery.expires;
  }
  return section('Download', h(
    'div',
    {class: 'card'},
    usable
      ? [
        h('div', {class: 'field wide'}, h('label', {for: id}, 'Link'), h(
          'div',
          {class: 'joined'},
          h('input', {id, type: 'text', readonly: true, value: url, spellcheck: 'false', on: {focus: (event) => event.target.select()}}),
          copyButton(url, 'link', view.context.announce),
        ), h('p', {class: 'hint'}, 'Whoever has the link can download the archive. It is not in the address of this page.')),
        h('div', {class: 'actions'}, h('a', {class: 'button primary', href: url, download: file, id: 'job-download'}, 'Download')),
      ]
      : null,
    h(
      'dl',
      {class: 'facts'},
      usable ? h('div', {}, h('dt', {}, 'Time left'), view.left) : h('div', {}, h('dt', {}, 'Link ended'), h('dd', {}, time(job.delivery.expires, 'absolute'))),
      h('div', {}, h('dt', {}, 'Downloads'), h('dd', {id: 'job-downloads'}, downloads(job, report))),
      h('div', {}, h('dt', {}, 'File'), h('dd', {}, h('code', {class: 'wrap'}, file))),
      (job.hashes ?? []).map((hash) => h('div', {}, h('dt', {}, hash.typeName === 'SHA1' ? 'SHA-1' : hash.typeName), h('dd', {}, h('code', {class: 'wrap', id: 'job-hash'}, hash.hash)))),
    ),
    usable ? h(
      'details',
      {},
      h('summary', {}, 'From a shell'),
      h('pre', {}, h('code', {}, `holdfast restore fetch ${job.batchId ?? job.id} --to DIR --extract`)),
      h('p', {class: 'hint'}, 'goes on after a cut and checks the hash; or, with the link in the file link.txt:'),
      h('pre', {}, h('code', {}, `xargs curl -fLO < link.txt\nsha1sum ${file}\ntar -xzf ${file}`)),
    ) : null,
  ));
}

/** `remaining` where the server tells it. */
function downloads(job, report) {
  const most = job.delivery.maxDownloads;
  const left = report.remainingDownloads;
  if (most === UNLIMITED) {
    return 'as many as you like while the link lasts';
  }
  return left === undefined || left === null ? `at most ${most}` : `${left} of ${most} left`;
}

function tickLeft(view) {
  if (view.left !== null) {
    const text = new Date(view.expires) > new Date() ? `${relative(view.expires).replace(/^in /, '')} (until ${absolute(view.expires)})` : 'none';
    if (view.left.textContent !== text) {
      view.left.textContent = text;
    }
  }
}

function targets(list, names) {
  const rows = list.map((target) => {
    const label = newId('progress');
    const whole = target.totalBytes > 0;
    return [
      names.get(target.hostId) ?? shortId(target.hostId),
      badge({DONE: 'ok', FAILED: 'bad', CANCELLED: 'none'}[target.statusName] ?? 'wait', words(target.statusName)),
      target.step ?? '–',
      whole
        ? h('span', {class: 'progress'}, h('progress', {max: target.totalBytes, value: target.doneBytes, 'aria-labelledby': label}), h('span', {id: label}, `${bytes(target.doneBytes)} of ${bytes(target.totalBytes)}`))
        : '–',
      target.reason ?? (target.attempt > 1 ? `${count(target.attempt, 'attempt')}` : '–'),
    ];
  });
  return section('Hosts', table('Hosts that are restored to', ['Host', 'State', 'Step', 'Progress', 'Note'], rows));
}

function about(view, job) {
  return section('About', h('div', {class: 'card'}, facts([
    ['Restores', subjectOf(job, view.names)],
    job.snapshotId ? ['Snapshot', shortId(job.snapshotId)] : ['Asked for', 'by a point in time'],
    job.checkpointId ? ['Checkpoint', shortId(job.checkpointId)] : null,
    job.timestamp ? ['Data as of', time(job.timestamp.date, 'absolute')] : null,
    ['Created', time(job.created, 'absolute')],
    job.batchId ? ['Belongs to', h('a', {href: `#/projects/${view.group}/jobs/batches/${job.batchId}`}, 'all archives of that request')] : null,
    job.delivery.targetClusterId ? ['Goes to', view.names.get(job.delivery.targetClusterId) ?? shortId(job.delivery.targetClusterId)] : null,
    job.encryptionEnabled ? ['Encrypted by mongod', h('span', {}, 'yes, with key ', h('code', {}, job.masterKeyUUID ?? 'unknown'))] : null,
  ])));
}

function stopping(view, job) {
  return h('div', {class: 'actions'}, button('Stop this job', 'danger-quiet', async () => {
    const done = await confirm({
      title: 'Stop this job?',
      text: 'Its link stops working at once, and downloads that are under way break off. The snapshot stays.',
      action: 'Stop the job',
      act: () => call('POST', `${OWN}/groups/${view.group}/restoreJobs/${job.id}/kill`, {body: {reason: 'stopped on the web pages'}}),
    });
    if (done) {
      view.context.announce('The job is stopped.');
      await view.redraw();
    }
    document.querySelector('h1')?.focus();
  }));
}
