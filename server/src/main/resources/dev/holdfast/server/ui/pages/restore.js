/** A restore in four steps: what, when, how, and the very call that is made for it. */

import {post, PUBLIC} from '../lib/api.js';
import {curlLine} from '../lib/curl.js';
import {fill, h} from '../lib/dom.js';
import {addressOf} from '../lib/jobs.js';
import {copyButton, emptyState, facts, heading, troubleNotice, whileBusy} from '../lib/parts.js';
import {deployment, pathOf, placesOf} from '../lib/places.js';
import {howStep, methodText, pointText, whatStep, whenStep} from './steps.js';

export const title = 'Restore';

const STEPS = ['What', 'When', 'How', 'Check and start'];

/** `kind`, `id` and `snapshot` are there when the page was reached from a place that has chosen them already. */
export async function show(context, group, kind, id, snapshot) {
  const found = await deployment(group, context.signal);
  const places = placesOf(found);
  if (places.length === 0) {
    return [heading('Restore'), emptyState('There is nothing to restore yet.', h('p', {}, 'First something must be protected: the page Deployments says how.'))];
  }
  const place = places.find((one) => one.kind === kind && one.id === id) ?? null;
  const plan = {place, point: null, wanted: snapshot ?? null, method: 'HTTP', target: null, downloads: 3, hours: 24};
  const wizard = {context, group, found, places, plan, body: h('div', {class: 'card wizard'}), trail: h('ol', {class: 'trail'})};
  wizard.open = (step, focus = true) => open(wizard, step, focus);
  await open(wizard, place ? 1 : 0, false);
  return [heading('Restore', `From the snapshots of ${context.groupName(group)}.`), h('nav', {'aria-label': 'Steps of the restore'}, wizard.trail), wizard.body];
}

async function open(wizard, step, focus) {
  drawTrail(wizard, step);
  const draw = [whatStep, whenStep, howStep, checkStep][step];
  try {
    fill(wizard.body, await draw(wizard));
  } catch (trouble) {
    if (wizard.context.signal.aborted) {
      return;
    }
    fill(wizard.body, troubleNotice(trouble), step > 0 ? back(wizard, step) : null);
  }
  if (focus) {
    wizard.body.querySelector('h2')?.focus();
  }
}

function drawTrail(wizard, now) {
  fill(wizard.trail, STEPS.map((name, step) => h(
    'li',
    {class: step < now ? 'done' : step === now ? 'now' : null, 'aria-current': step === now ? 'step' : null},
    step < now
      ? h('button', {type: 'button', class: 'trail-button', on: {click: () => wizard.open(step)}}, h('span', {class: 'trail-number'}, step + 1), name)
      : h('span', {class: 'trail-button'}, h('span', {class: 'trail-number'}, step + 1), name),
  )));
}

function back(wizard, step) {
  return h('button', {type: 'button', class: 'button secondary', on: {click: () => wizard.open(step - 1)}}, 'Back');
}

/** What goes into the call. */
function bodyOf({place, point, method, target, downloads, hours}) {
  const body = {};
  if (point.kind === 'checkpoint') {
    body.checkpointId = point.id;
  } else {
    body.snapshotId = point.id;
  }
  body.delivery = method === 'HTTP'
    ? {methodName: 'HTTP', maxDownloads: downloads, expirationHours: hours}
    : {methodName: 'AUTOMATED_RESTORE', targetGroupId: target.group, targetClusterId: target.id};
  return place.kind === 'hosts' ? {...body, delivery: {methodName: 'HTTP', maxDownloads: downloads, expirationHours: hours}} : body;
}

function checkStep(wizard) {
  const {plan, group, context} = wizard;
  const path = `${pathOf(group, plan.place)}/restoreJobs`;
  const body = bodyOf(plan);
  const line = curlLine('POST', `${location.origin}${PUBLIC}${path}`, body);
  const problem = h('div', {});
  const submit = h('button', {type: 'submit', class: 'button primary'}, 'Start the restore');
  return h(
    'form',
    {
      on: {
        submit: (event) => {
          event.preventDefault();
          whileBusy(submit, 'Starting …', () => start(wizard, path, body, problem));
        },
      },
    },
    h('h2', {tabindex: '-1'}, 'Check and start'),
    facts([
      ['What', `${plan.place.name} (${plan.place.what})`],
      ['When', pointText(plan.point)],
      ['How', methodText(plan)],
    ]),
    h('h3', {}, 'The call that is made'),
    h('p', {class: 'hint'}, 'Your session signs it in place of the key. From a shell, with the key in two variables, it is:'),
    h('pre', {class: 'wrapped', tabindex: '0', role: 'region', 'aria-label': 'The call as a curl line'}, h('code', {id: 'curl'}, line)),
    copyButton(line, 'call', context.announce),
    problem,
    h('div', {class: 'actions'}, back(wizard, 3), submit),
  );
}

async function start({context}, path, body, problem) {
  try {
    const answer = await post(path, body);
    const jobs = answer.results ?? [answer];
    context.announce(jobs.length === 1 ? 'The restore job is made.' : `${jobs.length} restore jobs are made.`);
    context.go(jobs.length > 1 && jobs[0].batchId ? `#/projects/${jobs[0].groupId}/jobs/batches/${jobs[0].batchId}` : addressOf(jobs[0]));
  } catch (trouble) {
    fill(problem, troubleNotice(trouble));
  }
}
