package dev.holdfast.agent.upload;

/** Hears how an upload goes on, from several threads. */
public interface UploadListener {
    /** So many entries and bytes more were read. */
    void read(long entries, long bytes);

    /** The server took so many bytes more. */
    void sent(long bytes);
}
