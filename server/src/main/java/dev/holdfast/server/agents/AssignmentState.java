package dev.holdfast.server.agents;

/** Where an assignment stands; the {@linkplain dev.holdfast.server.agents package story} tells who moves it. */
public enum AssignmentState {
    /** Waits for an agent. */
    OPEN,
    /** An agent has it. */
    LEASED,
    /** An agent said that it is done. */
    DONE,
    /** It was given up: it cannot be done, was tried too often, or its time is over. */
    FAILED,
    /** Whoever assigned it does not want it any more. */
    CANCELLED;

    /** Whether it stays so for ever. */
    public boolean isEnd() {
        return this != OPEN && this != LEASED;
    }
}
