package dev.holdfast.cli;

/** Exit statuses of the operator's commands; {@code docs/cli.md} promises them to scripts. */
public final class Exit {
    /** Done. */
    public static final int DONE = 0;

    /** It could not be done; the message says why, and running it again may help. */
    public static final int FAILED = 1;

    /** The restore job is BROKEN or KILLED, or its archive can no longer be given. */
    public static final int JOB_FAILED = 3;

    /** The link is expired or used up: another restore job is needed. */
    public static final int LINK_ENDED = 4;

    /** The job was not ready in the time that was given to it. */
    public static final int NOT_YET = 5;

    /** The bytes are not the ones the server has, or the archive cannot be unpacked safely. */
    public static final int DAMAGED = 6;

    /** There is not enough free space. */
    public static final int NO_SPACE = 7;

    private Exit() {}
}
