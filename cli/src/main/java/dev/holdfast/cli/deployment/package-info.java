/**
 * What a server has, found by what an operator types: a name, an address or an id. Restore jobs are found by their id
 * alone; the API wants to know the cluster or host as well, so all of them are asked.
 */
package dev.holdfast.cli.deployment;
