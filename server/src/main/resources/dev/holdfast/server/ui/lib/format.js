/** Figures and times for people. Times are shown in the time zone of whoever reads, with the whole one in the title. */

import {h} from './dom.js';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** 1536 is `1.5 KiB`. */
export function bytes(count) {
  if (count === null || count === undefined) {
    return 'unknown';
  }
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = unit === 0 || value >= 100 ? Math.round(value).toString() : value.toFixed(1);
  return `${text} ${count === 1 ? 'byte' : UNITS[unit]}`;
}

/** How many of what, with an s where one belongs. */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const STEPS = [
  [60, 'second', 1],
  [3600, 'minute', 60],
  [48 * 3600, 'hour', 3600],
  [Infinity, 'day', 86400],
];

/** A length of time in its largest unit that tells enough: `3 hours`. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [, noun, size] = STEPS.find(([below]) => whole < below);
  return count(Math.floor(whole / size), noun);
}

/** How long ago, or in how long. */
export function relative(moment, now = Date.now()) {
  const seconds = (now - new Date(moment).getTime()) / 1000;
  if (Math.abs(seconds) < 5) {
    return 'just now';
  }
  return seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
}

const ABSOLUTE = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});
const DAY = new Intl.DateTimeFormat(undefined, {month: 'short', day: 'numeric'});
const CLOCK = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});

/** A moment in full. */
export function absolute(moment) {
  return ABSOLUTE.format(new Date(moment));
}

/** A day, or the time of day when everything is within two. */
export function tick(moment, span) {
  return (span > 2 * 86400000 ? DAY : CLOCK).format(new Date(moment));
}

/** The element for a moment: how long ago, or the date, with the other and UTC in its title. */
export function time(moment, shown = 'relative') {
  if (!moment) {
    return h('span', {class: 'muted'}, 'never');
  }
  const iso = new Date(moment).toISOString();
  return h(
    'time',
    {datetime: iso, title: `${absolute(moment)} (${iso})`},
    shown === 'relative' ? relative(moment) : absolute(moment),
  );
}

/** The first and last digits of an id, with the whole in the title. */
export function shortId(id) {
  return h('code', {class: 'id', title: id}, id.length > 12 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);
}

/** `REPLICA_SET` is `replica set`. */
export function words(constant) {
  return String(constant ?? '')
    .toLowerCase()
    .replaceAll('_', ' ');
}
