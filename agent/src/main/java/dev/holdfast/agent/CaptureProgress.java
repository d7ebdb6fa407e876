package dev.holdfast.agent;

/** Hears how a capture goes on. Calls come from several threads, one at a time, and should return at once. */
public interface CaptureProgress {
    /** Hears nothing. */
    CaptureProgress SILENT = state -> {};

    /** Something went on; often called many times a second. */
    void moved(State state);

    /**
     * How far it is.
     *
     * @param step what is being done
     * @param files files, directories and links read
     * @param filesInAll how many there are
     * @param readBytes bytes read and hashed
     * @param bytesInAll bytes of all files
     * @param sentBytes bytes of segments that the server has taken
     */
    record State(Step step, long files, long filesInAll, long readBytes, long bytesInAll, long sentBytes) {}

    /** Steps of a capture, in order. */
    enum Step {
        /** The directory is looked over. */
        LOOKING,
        /** It is read and sent. */
        SENDING,
        /** It is looked over again. */
        CHECKING,
        /** The server makes part and snapshot of it. */
        COMMITTING,
        /** All is done. */
        DONE
    }
}
