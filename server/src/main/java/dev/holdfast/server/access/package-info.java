/**
 * Who may do what: API keys, agent keys, digest, roles, access lists.
 *
 * <p><b>A request</b> with a digest passes these in order: the header parses; the response proves the HA1 of a key (else
 * {@code stale=false}); the nonce is one that we or a node with the same {@code secrets.key} made, and young enough; its
 * count was not used (else {@code stale=true}); the key has a role in the project and one that meets the route's need;
 * the address is on the key's access list, where one is required.
 *
 * <p><b>A page</b> signs one request in the browser and opens a session ({@link dev.holdfast.server.access.Sessions}); its
 * cookie stands for the key from then on, where {@code http} lets it count. Nothing of the key is frozen in it: roles and
 * access list are read with each request.
 *
 * <p><b>Secrets.</b> {@code secrets.key} is the only secret on disk in the clear (0600). The database has HA1s encrypted
 * with a key derived from it, and hashes of the tokens of agents and sessions. Private keys and tokens are shown once and kept nowhere.
 *
 * <p><b>Replay.</b> A nonce carries its own proof, so challenges cost no memory. Which counts were used is remembered
 * for nonces that authenticated: for GET and HEAD in the memory of the process
 * ({@link dev.holdfast.server.access.ReadReplays}), for everything else as rows
 * ({@link dev.holdfast.server.access.ChangeReplays}).
 *
 * <p><b>Crashes.</b> While {@code secrets.key} is made: no file, or a whole one (a leftover {@code .tmp} draft is
 * harmless). After a count was taken and before the request was handled: the client's repetition is answered with a
 * fresh challenge, and it repeats once more. While a key is made: no key, or a whole one whose private half nobody saw;
 * delete it. While a session is opened: none, or one whose cookie nobody has, which ends unused. A restart forgets the reads of nonces, so a GET could be repeated by somebody who overheard it.
 */
package dev.holdfast.server.access;
