package dev.holdfast.cli.command;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.unpack.Ownership;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import picocli.CommandLine.Option;

/** Whose the unpacked files become. */
final class OwnerOption {
    @Option(
            names = "--owner",
            paramLabel = "USER[:GROUP]",
            description = "Whose the unpacked files become, as mongodb:mongodb; names or numbers (default: run by root,"
                    + " the numbers in the archive, which are those of the captured machine; else whoever runs it).")
    private String owner;

    boolean isGiven() {
        return owner != null;
    }

    /** Null if it was not said. */
    Ownership ownership() throws IOException {
        if (owner == null) {
            return null;
        }
        int colon = owner.indexOf(':');
        String user = colon < 0 ? owner : owner.substring(0, colon);
        String group = colon < 0 ? "" : owner.substring(colon + 1);
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            UserPrincipal found = names.lookupPrincipalByName(user);
            GroupPrincipal foundGroup = group.isEmpty() ? null : names.lookupPrincipalByGroupName(group);
            return Ownership.of(found, foundGroup);
        } catch (UserPrincipalNotFoundException e) {
            throw new CliTrouble(
                    Exit.FAILED,
                    "this machine has no user or group of that name: --owner " + owner
                            + "\nHINT: id mongodb, or id mongod, shows which user mongod's package made.",
                    e);
        }
    }
}
