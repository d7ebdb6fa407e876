/**
 * The agents that run all the time, and the work they are given. Other rooms assign; an agent asks for work, has it for
 * as long as it goes on reporting, and says how it ended. Nothing is ever sent to an agent: it may be behind a wall
 * through which only it can speak.
 *
 * <h2>States of an assignment</h2>
 *
 * <pre>
 * OPEN ---- an agent polls that serves one of its hosts ----&gt; LEASED ---- done ----------------&gt; DONE
 *   ^                                                          |  |
 *   |--- the lease runs out, or its agent was started again ---'  |---- fails, not to be tried again --&gt; FAILED
 *   '--- fails, to be tried again (after a rest) -----------------'
 * OPEN or LEASED, tried too often or its time over --&gt; FAILED; whoever assigned it cancels --&gt; CANCELLED
 * </pre>
 *
 * An end is final. Each lease is an attempt with a number of its own, and a report of an older attempt is refused, so an
 * agent that was stopped for long and wakes up cannot speak for work that another has now. It may still be at work: what
 * an assignment does must bear being done twice.
 *
 * <p>Rooms that assign look at the state when they want to know; nobody is called back ({@code AssignmentWatch}
 * only tells the world). A row that says how an assignment ended is written once and kept.
 *
 * <h2>What a crash leaves</h2>
 *
 * Every change is one transaction. A crash of the server, or of an agent, between two of them leaves work that is leased
 * to nobody who lives; its lease runs out, and the next poll of anyone takes it. The agent that comes back under its name
 * need not wait for that: its new instance ends the leases of the old one.
 */
package dev.holdfast.server.agents;
