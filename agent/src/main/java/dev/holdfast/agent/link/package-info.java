/**
 * The agent's side of the agent API: requests and answers over HTTP, and what to do when one does not come.
 *
 * <p>Every request may be sent again: offers and segments say the same twice without harm, and a commit that was made is
 * answered the same way again. Only a snapshot or a part that was begun and whose answer was lost is begun twice; the
 * first of them then stays without anything in it.
 */
package dev.holdfast.agent.link;
