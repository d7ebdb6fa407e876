package dev.holdfast.server.schedule;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.JsonFields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a PATCH of a backup asks for; null is "leave it". Source: "Update One Backup Configuration".
 *
 * @param password whether there is one; it is not looked at further
 */
record BackupConfigChange(
        BackupStatus status,
        String storageEngine,
        AuthMechanism auth,
        String username,
        boolean password,
        Boolean ssl,
        Boolean encryption,
        String syncSource,
        List<String> excluded,
        List<String> included) {
    private static final Set<String> ENGINES = Set.of("MEMORY_MAPPED", "WIRED_TIGER");
    private static final int MAX_NAMESPACES = 1000;
    private static final int MAX_TEXT = 255;

    /** Reads a body. The ids of project and cluster may be in it, for clients send back what they were shown. */
    static BackupConfigChange of(JsonFields body, Cluster cluster) {
        BodyIds.check(body, cluster);
        String engine = body.text("storageEngineName");
        String oldName = body.text("storageEngine");
        String mechanism = body.text("authMechanismName");
        BackupConfigChange change = new BackupConfigChange(
                body.constant("statusName", BackupStatus.class),
                engine(engine == null ? oldName : engine),
                mechanism == null ? null : AuthMechanism.of(mechanism),
                text(body, "username"),
                body.text("password") != null,
                body.flag("sslEnabled"),
                body.flag("encryptionEnabled"),
                text(body, "syncSource"),
                namespaces(body, "excludedNamespaces"),
                namespaces(body, "includedNamespaces"));
        body.ignore("links").readOnly("provisioned");
        body.refuseUnknown();
        if (change.excluded != null
                && change.included != null
                && !change.excluded.isEmpty()
                && !change.included.isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_FILTERLIST);
        }
        return change;
    }

    /**
     * The backup after the change.
     *
     * @throws Refusal INVALID_FILTERLIST; those of {@link AuthMechanism#check} and {@link BackupStatus#patched};
     *     MISSING_SYNC_SOURCE if more is to be backed up than before, and not said from where
     */
    BackupConfig applied(BackupConfig before) {
        AuthMechanism mechanism = auth == null ? before.auth() : auth;
        boolean secure = ssl == null ? before.ssl() : ssl;
        String user = username;
        if (auth != null && auth != before.auth() || username != null || password) {
            mechanism.check(username, password, secure);
        } else {
            user = before.username();
            // the credentials stand as they are; only what they stand on may have gone
            mechanism.check(user, mechanism.needsPassword(), secure);
        }
        List<String> without = excluded == null ? before.excluded() : excluded;
        List<String> only = included == null ? before.included() : included;
        if (!without.isEmpty() && !only.isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_FILTERLIST);
        }
        boolean encrypted = encryption == null ? before.encryption() : encryption;
        boolean running = before.status() != BackupStatus.INACTIVE;
        boolean wider = widens(before, without, only) || encrypted && !before.encryption();
        if (running && wider && syncSource == null) {
            throw new Refusal(ErrorCode.MISSING_SYNC_SOURCE);
        }
        return new BackupConfig(
                before.group(),
                before.cluster(),
                status == null ? before.status() : before.status().patched(status),
                storageEngine == null ? before.storageEngine() : storageEngine,
                mechanism,
                user,
                secure,
                encrypted,
                syncSource == null ? before.syncSource() : syncSource,
                without,
                only);
    }

    private static boolean widens(BackupConfig before, List<String> excluded, List<String> included) {
        boolean fewerOut = !new HashSet<>(excluded).containsAll(before.excluded());
        boolean moreIn = !before.included().isEmpty()
                && (included.isEmpty() || !new HashSet<>(before.included()).containsAll(included));
        // from "all but these" to "only these" is narrower only if none of these was left out
        boolean turned = !before.excluded().isEmpty() && !included.isEmpty();
        return (fewerOut && !turned)
                || moreIn
                || turned
                        && included.stream().anyMatch(name -> before.excluded().contains(name));
    }

    private static String engine(String name) {
        if (name != null && !ENGINES.contains(name)) {
            throw new Refusal(ErrorCode.INVALID_ENUM_VALUE, name);
        }
        return name;
    }

    private static String text(JsonFields body, String name) {
        String text = body.text(name);
        if (text != null && (text.isBlank() || text.length() > MAX_TEXT || hasControl(text))) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, name);
        }
        if (text != null && name.equals("syncSource")) {
            String upper = text.toUpperCase(Locale.ROOT);
            return upper.equals("PRIMARY") || upper.equals("SECONDARY") ? upper : text;
        }
        return text;
    }

    private static List<String> namespaces(JsonFields body, String name) {
        List<String> texts = body.texts(name);
        if (texts == null) {
            return null;
        }
        boolean good = texts.size() <= MAX_NAMESPACES
                && texts.stream().noneMatch(text -> text.isBlank() || text.length() > MAX_TEXT || hasControl(text));
        if (!good) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, name);
        }
        return texts.stream().distinct().toList();
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
