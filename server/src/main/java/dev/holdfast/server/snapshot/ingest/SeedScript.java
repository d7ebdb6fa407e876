package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.server.snapshot.SnapshotPart;

/**
 * Text of {@code seedSecondary.sh}: gives a data directory that was restored as a standalone an oplog, so that it can
 * join the replica set without an initial sync. One line of it begins with {@code mongo}; published scripts take the
 * insert out of that line, between {@code else{} and {@code ;if (}, which is why it has that form.
 */
final class SeedScript {
    private static final String TEXT = """
            #!/bin/sh
            # Seeds the oplog of a restored member of a replica set (MongoDB 3.4 and earlier).
            # Start mongod on the unpacked files as a standalone (without --replSet), run this,
            # then start it again with --replSet and add it to the set.
            #
            # ts is the newest oplog entry in these files. h (its hash) and t (its election term)
            # are not recorded by the backup: 0 and -1 stand for "not known".
            if [ "$#" -ne 2 ]; then
                echo "Usage: $0 PORT OPLOG_SIZE_IN_GB" >&2
                echo "Example: $0 27017 10" >&2
                exit 2
            fi
            for number in "$1" "$2"; do
                case "$number" in
                    '' | *[!0-9]*) echo "$0: not a whole number: $number" >&2; exit 2 ;;
                esac
            done
            mongo --quiet --port "$1" local --eval "var res = db.createCollection('oplog.rs', {capped : true, size : $2 * 1024 * 1024 * 1024}); if (res.ok != 1) {throw res.errmsg;} else{@INSERT@;if (db.getSiblingDB('local').oplog.rs.count() != 1) {throw 'the oplog was not seeded';}}"
            """;

    private static final String INSERT =
            "db.getSiblingDB('local').oplog.rs.insert({ts : Timestamp(@SECONDS@, @INCREMENT@),"
                    + " h : NumberLong('0'), t : NumberLong('-1'), op : 'n', ns : '',"
                    + " o : { msg : 'seed from backup service' }})";

    private SeedScript() {}

    static String of(SnapshotPart part) {
        String insert = INSERT.replace("@SECONDS@", String.valueOf(part.timestampSeconds()))
                .replace("@INCREMENT@", String.valueOf(part.timestampIncrement()));
        return TEXT.replace("@INSERT@", insert);
    }
}
