package dev.holdfast.contract.publicapi;

/**
 * A snapshot was begun because somebody asked for it.
 *
 * @param description for people
 * @param timestamp when it was begun
 */
public record OnDemandSnapshotJson(String clusterName, String description, Moment timestamp) {
    /**
     * A moment.
     *
     * @param date ISO 8601
     * @param increment its ordinal in that second
     * @param time seconds since the epoch
     */
    public record Moment(String date, long increment, long time) {}
}
