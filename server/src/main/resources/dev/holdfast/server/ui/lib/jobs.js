/** Restore jobs: how they stand, in words. */

/** What a job's two states mean together: `{kind, text, over}`; `over` when nothing will change any more by itself. */
export function standingOf(job) {
  switch (job.statusName) {
    case 'BROKEN':
      return {kind: 'bad', text: 'Broken', over: true};
    case 'KILLED':
      return {kind: 'none', text: 'Stopped', over: true};
    case 'IN_PROGRESS':
      return {kind: 'wait', text: job.delivery.targetClusterId ? 'Being restored' : 'Being prepared', over: false};
    default:
      return job.delivery.targetClusterId
        ? {kind: 'ok', text: 'Restored', over: true}
        : linkStanding(job.delivery.statusName);
  }
}

function linkStanding(status) {
  switch (status) {
    case 'READY':
      return {kind: 'ok', text: 'Ready to download', over: false};
    case 'EXPIRED':
      return {kind: 'warn', text: 'Link expired', over: true};
    case 'MAX_DOWNLOADS_EXCEEDED':
      return {kind: 'none', text: 'Downloaded, link used up', over: true};
    case 'FAILED':
      return {kind: 'bad', text: 'Broken', over: true};
    default:
      return {kind: 'wait', text: 'Being prepared', over: false};
  }
}

/** The address of a job's page, from its own link. */
export function addressOf(job) {
  const self = job.links?.find((link) => link.rel === 'self')?.href ?? '';
  const [, kind, owner] = /\/(clusters|hosts)\/([0-9a-f]+)\/restoreJobs\//.exec(self) ?? [
    null,
    job.hostId ? 'hosts' : 'clusters',
    job.hostId ?? job.clusterId,
  ];
  return `#/projects/${job.groupId}/jobs/${kind}/${owner}/${job.id}`;
}

/** What is restored, by names that the deployment has. */
export function subjectOf(job, names) {
  return names.get(job.hostId ?? job.clusterId) ?? job.hostId ?? job.clusterId ?? 'unknown';
}

/** Names of everything in a deployment, by id. */
export function namesIn({clusters}) {
  const names = new Map();
  for (const cluster of clusters) {
    names.set(cluster.id, cluster.name);
    cluster.members.forEach((member) => names.set(member.id, `${cluster.name} / ${member.shardName ?? member.name}`));
    cluster.mirrors.forEach((host) => names.set(host.id, `${host.hostname}:${host.port}`));
    [...cluster.hosts, ...cluster.members.flatMap((member) => member.hosts)].forEach((host) => {
      names.set(host.id, `${host.hostname}:${host.port}`);
    });
  }
  return names;
}
