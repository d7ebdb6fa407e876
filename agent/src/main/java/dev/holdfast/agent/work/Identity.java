package dev.holdfast.agent.work;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.id.HostId;
import java.util.List;

/**
 * Who an agent is.
 *
 * @param name unique in the project and the same after a restart: letters, digits, {@code ._:-}
 * @param instance another one for each start of the program
 * @param version of the program
 * @param hosts whose data directories it reaches
 */
public record Identity(String name, String instance, String version, List<HostId> hosts) {
    /** Refuses names that the server would refuse. */
    public Identity {
        hosts = List.copyOf(hosts);
        if (!name.matches("[A-Za-z0-9._:-]{1," + AgentWork.MAX_NAME + "}")) {
            throw new CaptureFailed("an agent cannot be called \"" + name
                    + "\"\nHINT: use 1 to 128 letters, digits, dots, underscores, colons and dashes");
        }
    }
}
