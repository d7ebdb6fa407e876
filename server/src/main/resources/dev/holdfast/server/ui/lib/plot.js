/** Drawings of snapshots over time. Each is a picture for the eye; the same figures stand in a table beside it. */

import {h, newId, svg} from './dom.js';
import {absolute, bytes, tick} from './format.js';

const WIDTH = 720;
const LEFT = 64;
const RIGHT = 12;

/**
 * Snapshots as marks on a line of time, as high as they are large.
 *
 * @param {Array<{created: string, size: number, kind: string, label: string}>} points oldest first; `kind` of a badge
 */
export function timeline(points, title) {
  const height = 132;
  const base = height - 26;
  const scale = timeScale(points);
  const most = Math.max(1, ...points.map((point) => point.size));
  const marks = points.map((point) => {
    const x = scale.x(point.created);
    const top = base - 14 - (point.size / most) * (base - 34);
    return svg(
      'g',
      {class: `mark ${point.kind}`},
      svg('title', {}, `${absolute(point.created)}: ${point.label}`),
      svg('line', {x1: x, x2: x, y1: base, y2: top}),
      point.kind === 'ok'
        ? svg('circle', {cx: x, cy: top, r: 4.5})
        : svg('rect', {x: x - 4.5, y: top - 4.5, width: 9, height: 9}),
    );
  });
  return drawing(title, height, [axis(scale, base), marks]);
}

/**
 * Two lines: what the snapshots hold, and what they take up.
 *
 * @param {Array<{created: string, values: number[]}>} points oldest first, one value for each name
 * @param {string[]} names of the lines
 */
export function growth(points, names, title) {
  const height = 220;
  const base = height - 26;
  const top = 14;
  const scale = timeScale(points);
  const most = niceTop(Math.max(1, ...points.flatMap((point) => point.values)));
  const y = (value) => base - (value / most) * (base - top);
  const grid = [0, 0.5, 1].map((part) =>
    svg(
      'g',
      {class: 'grid'},
      svg('line', {x1: LEFT, x2: WIDTH - RIGHT, y1: y(most * part), y2: y(most * part)}),
      svg('text', {x: LEFT - 8, y: y(most * part) + 4, 'text-anchor': 'end'}, bytes(most * part)),
    ),
  );
  const lines = names.map((name, place) => {
    const path = points
      .map((point, step) => `${step ? 'L' : 'M'}${scale.x(point.created)} ${y(point.values[place])}`)
      .join('');
    return svg(
      'g',
      {class: `line line-${place + 1}`},
      svg('path', {d: path}),
      points.map((point) =>
        svg(
          'circle',
          {cx: scale.x(point.created), cy: y(point.values[place]), r: 3},
          svg('title', {}, `${absolute(point.created)}: ${bytes(point.values[place])} ${name}`),
        ),
      ),
    );
  });
  return h(
    'figure',
    {class: 'plot'},
    drawing(title, height, [grid, axis(scale, base), lines]),
    h(
      'figcaption',
      {},
      names.map((name, place) => h('span', {class: `key key-${place + 1}`}, name)),
    ),
  );
}

function drawing(title, height, content) {
  const id = newId('drawing');
  return h(
    'div',
    {class: 'drawing', tabindex: '0', role: 'group', 'aria-labelledby': id},
    svg(
      'svg',
      {viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-labelledby': id},
      svg('title', {id}, title),
      content,
    ),
  );
}

function timeScale(points) {
  const moments = points.map((point) => new Date(point.created).getTime());
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  const span = last - first;
  const room = WIDTH - LEFT - RIGHT - 20;
  return {
    first,
    last,
    span,
    x: (moment) => round(LEFT + 10 + (span === 0 ? room / 2 : ((new Date(moment).getTime() - first) / span) * room)),
  };
}

function axis(scale, base) {
  const steps =
    scale.span === 0 ? [scale.first] : [0, 0.25, 0.5, 0.75, 1].map((part) => scale.first + scale.span * part);
  return svg(
    'g',
    {class: 'axis'},
    svg('line', {x1: LEFT, x2: WIDTH - RIGHT, y1: base, y2: base}),
    steps.map((moment, place) =>
      svg(
        'text',
        {
          x: scale.x(moment),
          y: base + 18,
          'text-anchor':
            steps.length > 1 && place === steps.length - 1
              ? 'end'
              : steps.length > 1 && place === 0
                ? 'start'
                : 'middle',
        },
        tick(moment, scale.span),
      ),
    ),
  );
}

/** The next of 1, 2 or 5 times a power of two, so that the grid has round figures. */
function niceTop(most) {
  const power = 2 ** Math.floor(Math.log2(most));
  return [1, 1.25, 1.5, 2].map((factor) => factor * power).find((top) => top >= most);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
