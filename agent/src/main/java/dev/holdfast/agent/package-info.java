/**
 * The agent: reads a data directory beside the database and sends it to the server over the agent API. It knows the
 * contract and nothing else of Holdfast, so that a database host carries neither web server nor database driver.
 *
 * <p>{@link dev.holdfast.agent.Capture} is the door. A capture goes through these steps:
 *
 * <ol>
 *   <li>the directory is looked over ({@code source}): what cannot be captured is said before anything is sent;
 *   <li>a snapshot is begun or joined, and a part begun in it ({@code link});
 *   <li>the directory is read in archive order; blocks are hashed, offered, and those that are missing encoded and sent
 *       ({@code upload}); the list of files grows in a temporary file;
 *   <li>the directory is looked over again: if anything is not as it was read, the part is abandoned;
 *   <li>the part is committed with the list of files, then, unless more parts are to follow, the snapshot.
 * </ol>
 *
 * <p>A crash of the agent before the part's commit leaves blocks that nothing refers to, and a snapshot that is listed
 * as incomplete; the next capture finds those blocks again and does not send them. A crash between the two commits
 * leaves a whole part in a snapshot that can be joined and committed. A crash of the server is ridden out by retrying;
 * if it has forgotten the part by then, the part is begun anew in the same snapshot.
 */
package dev.holdfast.agent;
