/** The first three steps of a restore: what, when, how. Each writes what was chosen into the plan. */

import {all, page} from '../lib/api.js';
import {h, newId} from '../lib/dom.js';
import {absolute, bytes, count, relative} from '../lib/format.js';
import {emptyState, field, linkButton} from '../lib/parts.js';
import {momentOf, pathOf, sizeOf} from '../lib/places.js';

const SHOWN = 50;
const MOST_HOURS = 8760;

export function whatStep(wizard) {
  const {plan, places} = wizard;
  const chosen = plan.place ?? places[0];
  const options = places.map((place) =>
    choice('place', `${place.kind} ${place.id}`, place === chosen, place.name, place.what),
  );
  return step(wizard, 0, 'What do you want back?', [fieldset('Cluster or config server', options)], (values) => {
    const place = places.find((one) => `${one.kind} ${one.id}` === values.get('place'));
    if (place !== plan.place) {
      Object.assign(plan, {place, point: null, wanted: null, method: 'HTTP', target: null});
    }
  });
}

export async function whenStep(wizard) {
  const {plan, group, context} = wizard;
  const path = pathOf(group, plan.place);
  const [list, checkpoints] = await Promise.all([
    page(`${path}/snapshots`, SHOWN, context.signal),
    plan.place.sharded ? all(`${path}/checkpoints`, context.signal) : [],
  ]);
  const points = [
    ...list.results.map(snapshotPoint),
    ...checkpoints.filter((one) => one.restorable).map(checkpointPoint),
  ];
  if (points.length === 0) {
    return [
      h('h2', {tabindex: '-1'}, 'When?'),
      emptyState(
        `There is no complete snapshot of ${plan.place.name}.`,
        h('p', {}, 'Choose something else, or wait for its first snapshot.'),
        linkButton(
          'Look at its snapshots',
          'secondary',
          `#/projects/${group}/snapshots/${plan.place.kind}/${plan.place.id}`,
        ),
      ),
      h('div', {class: 'actions'}, backButton(wizard, 1)),
    ];
  }
  const wanted = plan.point?.id ?? plan.wanted;
  const chosen = points.find((point) => point.id === wanted) ?? points[0];
  const options = (kind) =>
    points
      .filter((point) => point.kind === kind)
      .map((point) =>
        choice(
          'point',
          `${point.kind} ${point.id}`,
          point === chosen,
          `${absolute(point.date)}`,
          `${relative(point.date)}${point === points[0] ? ', the latest' : ''}; ${point.note}`,
        ),
      );
  const more =
    list.totalCount > SHOWN
      ? h('p', {class: 'hint'}, `The latest ${SHOWN} of ${list.totalCount}; older ones are on the page Snapshots.`)
      : null;
  const groups = [fieldset('Snapshot', options('snapshot'), more)];
  if (points.some((point) => point.kind === 'checkpoint')) {
    groups.push(fieldset('Or a checkpoint: all shards at one second', options('checkpoint')));
  }
  return step(wizard, 1, `${plan.place.name}, as of when?`, groups, (values) => {
    plan.point = points.find((point) => `${point.kind} ${point.id}` === values.get('point'));
  });
}

function snapshotPoint(snapshot) {
  const odd = snapshot.isPossiblyInconsistent ? ', possibly inconsistent' : '';
  return {
    kind: 'snapshot',
    id: snapshot.id,
    date: momentOf(snapshot),
    note: `${bytes(sizeOf(snapshot))} in ${count(snapshot.parts.length, 'part')}${odd}`,
  };
}

function checkpointPoint(checkpoint) {
  return {
    kind: 'checkpoint',
    id: checkpoint.id,
    date: checkpoint.timestamp,
    note: count(checkpoint.parts.length, 'part'),
  };
}

/** The moment of a plan, in words. */
export function pointText(point) {
  return `${absolute(point.date)} (${point.kind} ${point.id})`;
}

export function howStep(wizard) {
  const {plan, found, group} = wizard;
  const targets =
    plan.place.kind === 'clusters' ? found.clusters.filter((cluster) => cluster.sharded === plan.place.sharded) : [];
  const targetField = field(
    'Into which cluster',
    'Its agents write into the folder that their own files name, which must be empty.',
    (ties) =>
      h(
        'select',
        {...ties, name: 'target'},
        targets.map((cluster) =>
          h('option', {value: cluster.id, selected: cluster.id === plan.target?.id}, cluster.name),
        ),
      ),
  );
  const terms = h(
    'div',
    {class: 'pair'},
    field('Downloads', 'How often the archive may be downloaded.', (ties) =>
      h('input', {
        ...ties,
        name: 'downloads',
        type: 'number',
        min: 1,
        max: 1000000,
        step: 1,
        required: true,
        value: plan.downloads,
      }),
    ),
    field('Hours', 'How long the link works. It cannot outlive the snapshot.', (ties) =>
      h('input', {
        ...ties,
        name: 'hours',
        type: 'number',
        min: 1,
        max: MOST_HOURS,
        step: 1,
        required: true,
        value: plan.hours,
      }),
    ),
  );
  const automated = h('div', {}, targetField);
  const show = (method) => {
    terms.hidden = method !== 'HTTP';
    automated.hidden = method === 'HTTP';
    terms.querySelectorAll('input').forEach((input) => {
      input.disabled = terms.hidden;
    });
  };
  show(plan.method);
  const methods = [
    choice(
      'method',
      'HTTP',
      plan.method === 'HTTP',
      'Download an archive',
      'a link to a .tar.gz for each part, for you to unpack',
    ),
    targets.length
      ? choice(
          'method',
          'AUTOMATED_RESTORE',
          plan.method !== 'HTTP',
          'Let the agents restore it',
          'they download, check and unpack it on every host of a cluster',
        )
      : null,
  ];
  const ways = fieldset('Way', methods);
  ways.addEventListener('change', (event) => event.target.name === 'method' && show(event.target.value));
  return step(wizard, 2, 'How do you want it?', [ways, terms, automated], (values) => {
    plan.method = values.get('method');
    if (plan.method === 'HTTP') {
      plan.downloads = Number(values.get('downloads'));
      plan.hours = Number(values.get('hours'));
    } else {
      const cluster = targets.find((one) => one.id === values.get('target'));
      plan.target = {id: cluster.id, name: cluster.name, group};
    }
  });
}

/** The way of a plan, in words. */
export function methodText(plan) {
  return plan.method === 'HTTP'
    ? `an archive to download, at most ${plan.downloads === 1 ? 'once' : `${plan.downloads} times`}, within ${count(plan.hours, 'hour')}`
    : `agents restore it into ${plan.target.name}`;
}

/** A step as a form: Enter goes on, and what is not filled in right is told by the browser. */
function step(wizard, number, title, content, take) {
  return h(
    'form',
    {
      on: {
        submit: (event) => {
          event.preventDefault();
          take(new FormData(event.target));
          wizard.open(number + 1);
        },
      },
    },
    h('h2', {tabindex: '-1'}, title),
    content,
    h(
      'div',
      {class: 'actions'},
      number > 0 ? backButton(wizard, number) : null,
      h('button', {type: 'submit', class: 'button primary'}, 'Next'),
    ),
  );
}

function backButton(wizard, number) {
  return h('button', {type: 'button', class: 'button secondary', on: {click: () => wizard.open(number - 1)}}, 'Back');
}

function fieldset(legend, options, more) {
  return h('fieldset', {}, h('legend', {}, legend), h('div', {class: 'choices'}, options), more);
}

function choice(name, value, checked, text, note) {
  const id = newId('choice');
  return h(
    'div',
    {class: 'choice'},
    h('input', {type: 'radio', id, name, value, checked, required: true, 'aria-describedby': `${id}-note`}),
    h(
      'label',
      {for: id},
      h('span', {class: 'choice-text'}, text),
      h('span', {class: 'choice-note', id: `${id}-note`}, note),
    ),
  );
}
