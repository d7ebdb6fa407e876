package dev.holdfast.cli.fetch;

/** Is told how far a fetch is, about once a second. */
public interface Progress {
    /** Says nothing. */
    Progress NONE = new Progress() {
        @Override
        public void moved(String name, long done, long size, double bytesPerSecond) {}

        @Override
        public void says(String line) {}
    };

    /**
     * More bytes are there.
     *
     * @param done of {@code size} bytes, those of earlier runs included
     * @param bytesPerSecond over the last seconds; 0 when it stands still
     */
    void moved(String name, long done, long size, double bytesPerSecond);

    /** Something happened that an operator wants to know. */
    void says(String line);
}
