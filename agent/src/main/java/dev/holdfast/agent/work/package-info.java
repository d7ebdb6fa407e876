/**
 * The loop of an agent that runs all the time: ask for work, do it, say how it ended. What the work is, is the matter of
 * {@link dev.holdfast.agent.work.Task tasks}, one for each kind.
 *
 * <p>A crash anywhere leaves an attempt that nobody reports on. When the agent is started again its first poll, of a new
 * instance under the same name, tells the server so, and the work is given out again at once; if it is not started
 * again, the lease runs out.
 */
package dev.holdfast.agent.work;
