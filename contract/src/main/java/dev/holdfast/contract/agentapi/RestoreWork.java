package dev.holdfast.contract.agentapi;

import com.fasterxml.jackson.annotation.JsonInclude;

/** JSON bodies of a restore that an agent does; its path and rules are told in the package's story. */
public final class RestoreWork {
    private RestoreWork() {}

    /**
     * The payload of a RESTORE.
     *
     * @param jobId the restore job, which names the agent's own files while it works
     * @param fileName of the archive; without {@code .tar.gz} it is the archive's top folder
     * @param archiveBytes size of the archive
     * @param plainBytes size of all files in it
     */
    public record Order(String jobId, String fileName, long archiveBytes, long plainBytes) {}

    /**
     * Where the archive is, and what it must hash to.
     *
     * @param path of the download link, to append to the server's address
     * @param sha1 40 digits; null while it is not known: ask again
     * @param sha256 64 digits; null while it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Archive(String path, String sha1, String sha256) {}
}
