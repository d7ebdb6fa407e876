package dev.holdfast.dist.command;

import dev.holdfast.dist.rows.Catalogue;
import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.Consumer;

/** The rows, if they can be read: a store can be checked without them, but then nobody knows what its parts are. */
final class Rows implements AutoCloseable {
    private final Catalogue catalogue;
    private RuntimeException trouble;

    private Rows(Catalogue catalogue, RuntimeException trouble) {
        this.catalogue = catalogue;
        this.trouble = trouble;
    }

    static Rows open(DataDirectory data, ServerConfig config, Clock clock) {
        try {
            return new Rows(Catalogue.open(data, config, clock), null);
        } catch (RuntimeException e) {
            return new Rows(null, e); // told at the end, or where they are needed
        }
    }

    /** The rows; whatever kept them from being opened is thrown. */
    Catalogue required() {
        if (catalogue == null) {
            throw trouble;
        }
        return catalogue;
    }

    /** The rows, or null if they could not be opened. */
    Catalogue orNull() {
        return catalogue;
    }

    /** Does something with them if they are there; trouble with it is told at the end. */
    void mark(Consumer<Catalogue> work) {
        if (catalogue != null) {
            try {
                work.accept(catalogue);
            } catch (RuntimeException e) {
                trouble = e;
            }
        }
    }

    /** Says what could not be read or written. */
    void tell(PrintWriter out) {
        if (trouble != null) {
            String why =
                    String.valueOf(trouble.getMessage()).lines().findFirst().orElse("");
            out.println("NOTE: snapshots could not be named or marked: " + why);
        }
    }

    @Override
    public void close() {
        if (catalogue != null) {
            catalogue.close();
        }
    }
}
