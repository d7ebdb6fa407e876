package dev.holdfast.agent.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AgentWork;

/** Does one kind of work. */
@FunctionalInterface
public interface Task {
    /**
     * Does it. May be asked again for work that an earlier attempt did in part, or wholly.
     *
     * @return what to answer, null for nothing
     * @throws TaskFailed if it cannot be done; the kinds of trouble of {@code contract} and {@code agent.trouble} count
     *     as failures that another attempt may mend
     * @throws InterruptedException if the attempt is over or the agent stops; what was begun must be put in order first
     */
    ObjectNode run(AgentWork.Assigned work, TaskProgress progress) throws InterruptedException;
}
