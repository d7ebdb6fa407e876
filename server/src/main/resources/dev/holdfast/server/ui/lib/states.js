/** How well something is protected, in words: the states of the overview. */

import {h} from './dom.js';
import {duration, time} from './format.js';
import {badge} from './parts.js';

const STATES = {
  OK: ['ok', 'Protected'],
  LATE: ['warn', 'Late'],
  NEVER: ['bad', 'Never captured'],
  UNSCHEDULED: ['none', 'No schedule'],
};

/** The badge of a deployment of the overview. */
export function stateBadge(deployment) {
  const [kind, text] = STATES[deployment.stateName] ?? ['info', deployment.stateName];
  return badge(kind, text);
}

/** When the last good snapshot was made. */
export function lastGood(snapshot) {
  return snapshot ? time(snapshot.created) : h('span', {class: 'muted'}, 'none');
}

/** What the schedule says. */
export function scheduleText({schedule}) {
  return isScheduled(schedule) ? `every ${schedule.intervalHours} hours` : 'not scheduled';
}

/** How it stands against the schedule: how late it is, or when the next one is due; null when there is none. */
export function dueText({schedule}) {
  if (!isScheduled(schedule)) {
    return null;
  }
  if (schedule.lateBySeconds > 0) {
    return `late by ${duration(schedule.lateBySeconds)}`;
  }
  return schedule.nextDue ? ['next ', time(schedule.nextDue)] : null;
}

function isScheduled(schedule) {
  return schedule?.statusName === 'STARTED';
}

/** Whether a deployment has shards. */
export function isSharded(deployment) {
  return String(deployment.typeName).startsWith('SHARDED');
}
