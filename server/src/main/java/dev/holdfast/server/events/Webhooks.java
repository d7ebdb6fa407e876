package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** The webhooks of all projects. */
public final class Webhooks {
    private static final int MOST = 10;
    private static final int SECRET_BYTES = 32;

    private final Database database;
    private final List<SealKey> keys;
    private final boolean allowPrivate;
    private final ObjectIds ids;
    private final SecureRandom random;

    /** Does no I/O. {@code keys}: the first seals, each opens. */
    public Webhooks(Database database, List<SealKey> keys, EventSettings settings, ObjectIds ids, SecureRandom random) {
        this.database = database;
        this.keys = List.copyOf(keys);
        this.allowPrivate = settings.allowPrivate();
        this.ids = ids;
        this.random = random;
    }

    /** A new webhook and its secret, which is shown this once. */
    record New(Webhook hook, String secret) {}

    /** A webhook and what is still to be sent to it. */
    record Shown(Webhook hook, WebhookTable.Backlog backlog) {}

    /** Seals with the first line of {@code secrets.key} what another line sealed. Call it at start. */
    public void reseal() {
        String current = keys.get(0).id();
        database.change(tx -> WebhookTable.sealedOtherwise(tx, current).forEach(hook -> {
            String secret = hook.secret().open(keys, hook.id());
            WebhookTable.setSecret(tx, hook.id(), SealedSecret.seal(keys.get(0), hook.id(), secret, random));
        }));
    }

    /**
     * Enters a webhook. Its name is not looked up, or whoever may enter one could ask our name server through it; an
     * address is looked at now.
     *
     * @throws Refusal INVALID_ATTRIBUTE for an URL that may not be told, or the eleventh of a project
     */
    New create(GroupId group, String url, Instant now) {
        refuseForbidden(url);
        byte[] chance = new byte[SECRET_BYTES];
        random.nextBytes(chance);
        String secret = "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        String id = ids.next();
        Webhook hook = new Webhook(
                id, group, url, SealedSecret.seal(keys.get(0), id, secret, random), now.truncatedTo(ChronoUnit.MILLIS));
        database.change(tx -> {
            if (WebhookTable.of(tx, group).size() >= MOST) {
                throw invalid("a project has at most " + MOST + " webhooks");
            }
            WebhookTable.insert(tx, hook);
        });
        return new New(hook, secret);
    }

    List<Shown> list(GroupId group) {
        return database.read(handle -> WebhookTable.of(handle, group).stream()
                .map(hook -> new Shown(hook, WebhookTable.backlog(handle, hook.id())))
                .toList());
    }

    boolean delete(GroupId group, String id) {
        return database.write(tx -> WebhookTable.delete(tx, group, id));
    }

    String secret(Webhook hook) {
        return hook.secret().open(keys, hook.id());
    }

    private void refuseForbidden(String url) {
        try {
            WebhookTarget target = WebhookTarget.parse(url);
            boolean literal = target.host().indexOf(':') >= 0 || target.host().matches("[0-9.]+");
            if (literal || target.host().equalsIgnoreCase("localhost")) {
                target.resolve(allowPrivate);
            }
        } catch (WebhookTarget.Forbidden e) {
            throw invalid(e.getMessage());
        }
    }

    private static Refusal invalid(String why) {
        return new Refusal(ErrorCode.INVALID_ATTRIBUTE, "url").saying("The webhook cannot be entered: " + why + ".");
    }
}
