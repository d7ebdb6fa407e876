/**
 * The main job, from nothing to a link: projects and keys, snapshots of every part through the agent API, a batch
 * restore through the public API. Each run on the same data mints a new key and makes new snapshots and a new batch;
 * nothing that an earlier run made is changed. The env file appears last, when everything answers.
 */
package dev.holdfast.dist.demo;
