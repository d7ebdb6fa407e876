/** The snapshots of a cluster or mirrored config server: on a line of time, what they cost, and as a list. */

import {all, allOwn} from '../lib/api.js';
import {h} from '../lib/dom.js';
import {absolute, bytes, count, shortId, time} from '../lib/format.js';
import {badge, emptyState, heading, linkButton, section, table} from '../lib/parts.js';
import {deployment, momentOf, pathOf, placesOf, sizeOf} from '../lib/places.js';
import {growth, timeline} from '../lib/plot.js';

export const title = 'Snapshots';

export async function show(context, group, kind, id) {
  const places = placesOf(await deployment(group, context.signal));
  const place = places.find((one) => one.kind === kind && one.id === id) ?? (kind ? null : places[0]);
  if (!place) {
    return [heading('Snapshots'), places.length ? noSuch(group) : noPlaces()];
  }
  const [snapshots, figures] = await Promise.all([
    all(`${pathOf(group, place)}/snapshots?completed=all`, context.signal),
    allOwn(`${pathOf(group, place)}/growth`, context.signal),
  ]);
  return [
    heading(
      `Snapshots of ${place.name}`,
      place.what,
      snapshots.length
        ? linkButton('Restore', 'primary', `#/projects/${group}/restore/${place.kind}/${place.id}`)
        : null,
    ),
    choice(context, group, places, place),
    snapshots.length === 0
      ? emptyState(
          'There is no snapshot yet.',
          h(
            'p',
            {},
            'An agent makes them by the schedule; or take the first one by hand on the database’s machine with holdfast snapshot.',
          ),
        )
      : [timeSection(snapshots), growthSection(figures), listSection(group, place, snapshots)],
  ];
}

function choice(context, group, places, place) {
  const select = h(
    'select',
    {
      id: 'place',
      on: {
        change: () => {
          const [kind, id] = select.value.split(' ');
          context.go(`#/projects/${group}/snapshots/${kind}/${id}`);
        },
      },
    },
    places.map((one) =>
      h('option', {value: `${one.kind} ${one.id}`, selected: one === place}, `${one.name} (${one.what})`),
    ),
  );
  return h('div', {class: 'field inline'}, h('label', {for: 'place'}, 'Snapshots of'), select);
}

function timeSection(snapshots) {
  const points = [...snapshots].reverse().map((snapshot) => ({
    created: snapshot.created.date,
    size: sizeOf(snapshot),
    kind: stateOf(snapshot).kind,
    label: `${bytes(sizeOf(snapshot))}, ${stateOf(snapshot).text.toLowerCase()}`,
  }));
  const complete = snapshots.filter((snapshot) => snapshot.complete).length;
  return section(
    'On a line of time',
    timeline(
      points,
      `${count(snapshots.length, 'snapshot')} from ${absolute(points[0].created)} to ${absolute(points.at(-1).created)}, ` +
        `${complete} complete. The height of a mark is the size; the table at the end of the page has the same figures.`,
    ),
    h('p', {class: 'hint'}, 'Round marks are complete snapshots, square ones are not. The higher, the larger.'),
  );
}

function growthSection(figures) {
  if (figures.length === 0) {
    return null;
  }
  let stored = 0;
  const points = figures.map((figure) => {
    stored += figure.newBytes;
    return {created: figure.created, values: [figure.logicalBytes, stored], added: figure.newBytes};
  });
  const last = points.at(-1);
  const names = ['in the files of a snapshot', 'stored for all of them so far'];
  return section(
    'Growth',
    growth(
      points,
      names,
      `Growth: the last snapshot has ${bytes(last.values[0])} in its files, and ${bytes(last.values[1])} are stored for ` +
        'all snapshots up to it.',
    ),
    h(
      'details',
      {},
      h('summary', {}, 'The figures'),
      table(
        'Growth, newest first',
        [
          'Snapshot',
          {title: 'In its files', number: true},
          {title: 'New bytes', number: true},
          {title: 'Stored so far', number: true},
        ],
        [...points]
          .reverse()
          .map((point) => [
            time(point.created, 'absolute'),
            bytes(point.values[0]),
            bytes(point.added),
            bytes(point.values[1]),
          ]),
      ),
    ),
  );
}

function listSection(group, place, snapshots) {
  const rows = snapshots.map((snapshot) => {
    const state = stateOf(snapshot);
    return [
      [time(snapshot.created.date, 'absolute'), h('span', {class: 'under'}, shortId(snapshot.id))],
      badge(state.kind, state.text),
      time(momentOf(snapshot), 'absolute'),
      bytes(sizeOf(snapshot)),
      String(snapshot.parts.length),
      snapshot.doNotDelete ? 'kept until told otherwise' : time(snapshot.expires),
      snapshot.complete
        ? linkButton('Restore', 'small', `#/projects/${group}/restore/${place.kind}/${place.id}/${snapshot.id}`, {
            'aria-label': `Restore the snapshot of ${absolute(snapshot.created.date)}`,
          })
        : '',
    ];
  });
  return section(
    'All of them',
    table(
      `Snapshots of ${place.name}, newest first`,
      [
        'Taken',
        'State',
        'Data as of',
        {title: 'Size', number: true},
        {title: 'Parts', number: true},
        'Expires',
        'Restore',
      ],
      rows,
    ),
  );
}

function stateOf(snapshot) {
  if (!snapshot.complete) {
    return {kind: 'wait', text: 'Not complete'};
  }
  return snapshot.isPossiblyInconsistent
    ? {kind: 'warn', text: 'Possibly inconsistent'}
    : {kind: 'ok', text: 'Complete'};
}

function noSuch(group) {
  return emptyState(
    'There is no such cluster or config server in this project.',
    linkButton('Show what there is', 'primary', `#/projects/${group}/deployments`),
  );
}

function noPlaces() {
  return emptyState(
    'Nothing is known of this project yet.',
    h(
      'p',
      {},
      'On the server’s machine, holdfast deployment --file clusters.conf enters replica sets and sharded clusters.',
    ),
  );
}
