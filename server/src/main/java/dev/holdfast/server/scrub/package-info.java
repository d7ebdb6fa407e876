/**
 * Reads the store in the background, and keeps what is damaged. {@link dev.holdfast.server.scrub.ScrubLog} is the door:
 * it has the cursor and the findings, and every finding marks the parts that need the file, in the same transaction: no
 * restore job can be made of a marked part, and jobs on it whose link is still good are BROKEN from then on.
 *
 * <p>A <em>round</em> goes through the store once; a <em>slice</em> of it is read, then written down. A crash between
 * both reads the slice again. A finding goes when the unit in which it was met is read again and is right; with its last
 * finding a part's mark goes too. Jobs that broke stay broken.
 *
 * <p>One node at a time scrubs: whoever has the lease {@code scrub}. {@code holdfast verify --budget} takes the same
 * lease and goes on from the same cursor.
 */
package dev.holdfast.server.scrub;
