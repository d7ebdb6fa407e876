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

/** What the schedule says, against the age. */
export function scheduleText(deployment) {
  const {schedule} = deployment;
  if (!schedule || schedule.statusName !== 'STARTED') {
    return 'not scheduled';
  }
  const every = `every ${schedule.intervalHours} hours`;
  return schedule.lateBySeconds > 0 ? `${every}, late by ${duration(schedule.lateBySeconds)}` : every;
}

/** Whether a deployment has shards. */
export function isSharded(deployment) {
  return String(deployment.typeName).startsWith('SHARDED');
}
