package dev.holdfast.server.delivery;

/** The download route. */
final class DownloadRoute {
    /** What every link's path begins with. */
    static final String PREFIX = "/backup/restore/v2/pull/";

    private DownloadRoute() {}
}
