/**
 * The web pages: files that are sent as they are, and that do all they do through the API, like any other client. This room
 * knows no noun, reads no row and decides nothing; whoever loads the pages without a key has learnt what is in the
 * repository.
 *
 * <p>{@link dev.holdfast.server.ui.Assets} has the list of the files. A path is looked up in that list and in nothing
 * else, so no path leads out of it. The files lie on the class path, and what is read there once is kept, plain and
 * compressed; nothing is written, and a crash leaves nothing.
 *
 * <p>{@link dev.holdfast.server.ui.Guards} are the headers that keep a page from running, loading or telling anything that
 * does not come from here. They, and that the scripts make no HTML from text, are what stands between a name that somebody
 * gave to a project and the session of whoever reads it.
 *
 * <p>The session door itself ({@code /api/holdfast/v1/sessions}) is in {@code access}, which owns the keys.
 */
package dev.holdfast.server.ui;
