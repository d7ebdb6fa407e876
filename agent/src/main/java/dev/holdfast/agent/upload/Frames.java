package dev.holdfast.agent.upload;

import dev.holdfast.agent.link.AgentLink;
import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.id.PartId;
import java.util.ArrayList;
import java.util.List;

/** Frames on their way, as many in one request as may be. */
final class Frames {
    private Frames() {}

    /** Sends frames in order; answers how many bytes they have. */
    static long send(AgentLink link, PartId part, List<byte[]> frames) throws InterruptedException {
        List<byte[]> body = new ArrayList<>();
        long bytes = 0;
        long sent = 0;
        for (byte[] frame : frames) {
            if (bytes + frame.length > AgentApi.MAX_SEGMENTS_BODY) {
                link.send(part, body);
                sent += bytes;
                body = new ArrayList<>();
                bytes = 0;
            }
            body.add(frame);
            bytes += frame.length;
        }
        if (!body.isEmpty()) {
            link.send(part, body);
        }
        return sent + bytes;
    }
}
