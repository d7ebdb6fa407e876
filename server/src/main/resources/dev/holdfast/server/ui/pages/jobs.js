/** The restore jobs of a project, newest first; of one batch when the address says so. */

import {page} from '../lib/api.js';
import {fill, h} from '../lib/dom.js';
import {watch} from '../lib/events.js';
import {time} from '../lib/format.js';
import {addressOf, namesIn, standingOf, subjectOf} from '../lib/jobs.js';
import {badge, emptyState, heading, linkButton, notice, table, troubleNotice} from '../lib/parts.js';
import {deployment, pathOf, placesOf} from '../lib/places.js';

export const title = 'Restore jobs';

const LATEST = 100;
const EVENTS = ['job.ready', 'job.downloaded', 'job.link-used-up', 'job.link-expired', 'job.broken', 'job.killed', 'job.host-restored', 'job.host-failed'];

export async function show(context, group, batch) {
  const body = h('div', {class: 'stack'});
  const places = await deployment(group, context.signal);
  const redraw = async (quiet = true) => {
    try {
      fill(body, list(await load(group, batch, places, context.signal, quiet), namesIn(places), batch, group));
    } catch (trouble) {
      if (!context.signal.aborted) {
        fill(body, troubleNotice(trouble));
      }
    }
  };
  await redraw(false);
  watch(group, EVENTS, () => true, () => redraw(), () => {}, context.signal);
  return [
    heading(
      batch ? 'Restore jobs of one request' : 'Restore jobs',
      batch ? 'One archive for each part; a restore of the cluster needs all of them.' : `Of ${context.groupName(group)}, newest first.`,
      linkButton('New restore', 'primary', `#/projects/${group}/restore`),
    ),
    body,
  ];
}

/** Jobs are listed by cluster and by config server; a part's job stands in its cluster's list too. */
async function load(group, batch, places, signal, quiet) {
  const lists = await Promise.all(placesOf(places).map(async (place) => {
    const suffix = batch ? `?batchId=${batch}` : '';
    return (await page(`${pathOf(group, place)}/restoreJobs${suffix}`, LATEST, signal, quiet)).results;
  }));
  const jobs = new Map(lists.flat().map((job) => [job.id, job]));
  return [...jobs.values()]
    .filter((job) => !batch || job.batchId === batch)
    .sort((one, other) => (one.created === other.created ? other.id.localeCompare(one.id) : other.created.localeCompare(one.created)));
}

function list(jobs, names, batch, group) {
  if (jobs.length === 0) {
    return emptyState(
      'There are no restore jobs.',
      h('p', {}, 'A restore job turns a snapshot into an archive that can be downloaded for a while.'),
      linkButton('Make one', 'primary', `#/projects/${group}/restore`),
    );
  }
  const rows = jobs.map((job) => {
    const standing = standingOf(job);
    return [
      h('a', {href: addressOf(job)}, subjectOf(job, names)),
      badge(standing.kind, standing.text),
      time(job.created),
      standing.over ? '–' : time(job.delivery.expires),
      job.timestamp ? time(job.timestamp.date, 'absolute') : '–',
    ];
  });
  return [
    batch || jobs.length < LATEST ? null : notice('info', `The latest ${LATEST} jobs of each cluster are shown.`, 'The command holdfast jobs list shows all of them.'),
    table('Restore jobs', ['What', 'State', 'Asked for', 'Link ends', 'Data as of'], rows),
  ];
}
