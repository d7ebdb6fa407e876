/** Small drawings that stand beside words, never in place of them. */

import {svg} from './dom.js';

const PATHS = {
  ok: 'M3.5 8.5l3 3 6-7',
  warn: 'M8 2.2l6.3 11.3H1.7zM8 6.4v3.4M8 11.8v.2',
  bad: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  info: 'M8 7.2v4.3M8 4.6v.2M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8z',
  wait: 'M8 4v4l2.6 1.7M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8z',
  none: 'M4 8h8',
  copy: 'M5.5 5.5V2.8h7.7v7.7h-2.7M2.8 5.5h7.7v7.7H2.8z',
  overview: 'M2.5 13.5V8M6.2 13.5V3M9.8 13.5V6M13.5 13.5V4.5',
  deployments: 'M8 2v3.5M3.5 9.5V8h9v1.5M8 5.5V8M5.8 2h4.4v3.5H5.8zM1.6 9.5h3.8v3.7H1.6zM10.6 9.5h3.8v3.7h-3.8z',
  snapshots: 'M8 4.2V8l2.4 1.6M2.6 8a5.4 5.4 0 101.7-3.9M2.4 2.6v2.2h2.2',
  restore: 'M8 2v7.5M4.8 6.5L8 9.7l3.2-3.2M2.5 11.2v2.3h11v-2.3',
  jobs: 'M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h7.5',
  keys: 'M10.4 8.6a3.5 3.5 0 10-3-3L2.2 10.8v3h3v-2h2v-2z',
  audit: 'M4 1.8h6l2.4 2.4v10H4zM6.2 7h4M6.2 9.5h4M6.2 12h2.4',
  out: 'M6.5 2.5h-4v11h4M10.2 5l3 3-3 3M13 8H6',
};

/** The drawing of that name; hidden from screen readers. */
export function icon(name) {
  return svg(
    'svg',
    {class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false'},
    svg('path', {d: PATHS[name] ?? PATHS.info}),
  );
}
