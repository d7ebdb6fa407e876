/**
 * Drills: restores that are made to see whether they work. A snapshot is restored part by part into a scratch folder, as
 * a user would, every file is held against the hashes of what was captured, and WiredTiger's own {@code wt verify} reads
 * every table where it is installed. The scratch folder goes, the result stays.
 *
 * <p>A drill is RUNNING until it is PASSED, FAILED (something is not as it was captured) or NOT_DONE (it could not be
 * made: no room, the process ended). A crash leaves the row RUNNING and the scratch folder; the row is told as NOT_DONE
 * once it has given no sign of life for {@link dev.holdfast.server.drill.Drills#SILENCE}, and the folder is removed
 * before the next drill.
 */
package dev.holdfast.server.drill;
