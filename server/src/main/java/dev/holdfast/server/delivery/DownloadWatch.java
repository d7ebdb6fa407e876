package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import java.net.InetAddress;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Is told what becomes of links. A port that the wiring fills. What has a transaction is told as its last step: it is
 * there exactly when what it tells is.
 */
public interface DownloadWatch {
    /**
     * What it is about.
     *
     * @param number of the download, from 1 for each link; the link's completed ones where it is not about one
     * @param from where the client is, null when nobody is there
     */
    record Download(GroupId group, JobId job, int number, InetAddress from, Instant at) {}

    /** Does not care. */
    DownloadWatch NONE = new DownloadWatch() {
        @Override
        public void ready(Handle tx, Download none) {}

        @Override
        public void begun(Handle tx, Download download) {}

        @Override
        public void counted(Handle tx, Download download) {}

        @Override
        public void usedUp(Handle tx, Download last) {}

        @Override
        public void expired(Handle tx, Download none) {}

        @Override
        public void broken(Handle tx, Download none, String reason) {}

        @Override
        public void killed(Handle tx, Download none) {}

        @Override
        public void refused(Download none, String why) {}
    };

    /** A link was made: the archive can be had. */
    void ready(Handle tx, Download none);

    /** A download began: the first of its bytes was asked for. One that is resumed did not begin again. */
    void begun(Handle tx, Download download);

    /** A download was counted: its last missing byte was sent. */
    void counted(Handle tx, Download download);

    /** The last permitted download was counted. */
    void usedUp(Handle tx, Download last);

    /** The link's time is over and downloads were left. Told once, within a minute or so. */
    void expired(Handle tx, Download none);

    /** The archive can no longer be given. {@code reason} names files of the store. */
    void broken(Handle tx, Download none, String reason);

    /** The link was ended for good by somebody who may. */
    void killed(Handle tx, Download none);

    /** A request of somebody who has the link was refused. Can come as often as they like: must not block. */
    void refused(Download none, String why);
}
