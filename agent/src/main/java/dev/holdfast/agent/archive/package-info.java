/**
 * Reads an archive and writes what is in it: the reverse of what the store composes, with nothing but Java. An archive
 * comes over the network and is written as whoever runs the agent, perhaps root, so nothing in it is trusted: no name may
 * leave the directory, every directory that something is written into was made by this very unpacking, and symbolic links
 * are made last, so that nothing is ever written through one. An entry that Holdfast does not make is refused.
 */
package dev.holdfast.agent.archive;
