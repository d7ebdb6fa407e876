package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.fetch.ByteRanges.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code .part} file is and has.
 *
 * @param job id of its restore job
 * @param tag the archive's ETag: other bytes have another one
 * @param size of the whole archive in bytes
 * @param have what was forced to the disk
 */
record Journal(String job, String tag, long size, ByteRanges have) {
    private static final String FIRST_LINE = "holdfast fetch 1";
    private static final Pattern HAVE = Pattern.compile("have (\\d{1,18})-(\\d{1,18})");

    /**
     * Reads one; empty if there is none.
     *
     * @throws CliTrouble if it is not one of ours
     */
    static Optional<Journal> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readAllLines(file)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
            throw new CliTrouble(
                    Exit.FAILED,
                    file + " is not a journal of holdfast restore fetch"
                            + "\nHINT: delete it to begin this download again from the start.",
                    e);
        }
    }

    private static Journal parse(List<String> lines) {
        if (!lines.get(0).equals(FIRST_LINE) || !lines.get(lines.size() - 1).equals("end")) {
            throw new IllegalArgumentException("cut or foreign");
        }
        ByteRanges have = ByteRanges.NONE;
        for (String line : lines.subList(4, lines.size() - 1)) {
            Matcher matcher = HAVE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(line);
            }
            have = have.plus(new Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
        }
        return new Journal(
                value(lines.get(1), "job "),
                value(lines.get(2), "tag "),
                Long.parseLong(value(lines.get(3), "size ")),
                have);
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(name.length());
    }

    /** Replaces the file; after a power cut there is the old one or this one. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE + "\njob " + job + "\ntag " + tag + "\nsize " + size + "\n");
        for (Range range : have.ranges()) {
            text.append("have ")
                    .append(range.from())
                    .append('-')
                    .append(range.to())
                    .append('\n');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.append("end\n").toString());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same with more bytes. */
    Journal having(ByteRanges more) {
        return new Journal(job, tag, size, more);
    }
}
