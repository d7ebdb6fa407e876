package dev.holdfast.contract.agentapi;

/** What an agent may be asked to do; each kind has a payload of its own. */
public enum AssignmentKind {
    /** Capture the data directory of a host into a snapshot: {@link AgentWork.CaptureOrder}. */
    CAPTURE,
    /** Fetch an archive, check it and unpack it into an empty directory of a host. */
    RESTORE
}
