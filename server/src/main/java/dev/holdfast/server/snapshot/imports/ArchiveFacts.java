package dev.holdfast.server.snapshot.imports;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive says of itself, in the name of its top folder ({@code NAME-EPOCH-ID}) and in {@code restoreInfo.txt}.
 * Source: "Restore Overview" of Ops Manager; texts of several versions are understood.
 *
 * @param timestampSeconds time of the newest oplog entry, 0 when it is not told
 * @param timestampIncrement its ordinal in that second
 * @param storageEngine null when it is not told
 * @param mongodOptions null when they are not told
 * @param masterKeyUUID of mongod's own encryption, null unless it is on
 */
record ArchiveFacts(
        long timestampSeconds,
        long timestampIncrement,
        String storageEngine,
        String mongodOptions,
        String masterKeyUUID) {
    private static final Pattern FOLDER = Pattern.compile(".+-(\\d{9,10})-[0-9a-f]{24}");
    private static final Pattern OPLOG = Pattern.compile("\\((\\d{9,10})\\s*,\\s*(\\d{1,10})\\)");

    /** Reads both; {@code restoreInfo} null when there is none. */
    static ArchiveFacts of(String topFolder, byte[] restoreInfo) {
        Map<String, String> lines = lines(restoreInfo);
        Matcher oplog = OPLOG.matcher(lines.getOrDefault("last oplog applied", ""));
        Matcher folder = FOLDER.matcher(topFolder);
        long seconds = 0;
        long increment = 1;
        if (oplog.find()) {
            seconds = Long.parseLong(oplog.group(1));
            increment = Long.parseLong(oplog.group(2));
        } else if (folder.matches()) {
            seconds = Long.parseLong(folder.group(1));
        }
        return new ArchiveFacts(
                seconds,
                increment,
                lines.get("storage engine"),
                lines.get("mongod options"),
                lines.get("master key uuid"));
    }

    private static Map<String, String> lines(byte[] restoreInfo) {
        Map<String, String> lines = new HashMap<>();
        if (restoreInfo != null) {
            for (String line : new String(restoreInfo, StandardCharsets.UTF_8).split("\r?\n")) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1)
                        .replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ")
                        .strip();
                if (colon > 0 && !value.isEmpty() && !value.equalsIgnoreCase("unknown")) {
                    lines.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), value);
                }
            }
        }
        return lines;
    }
}
