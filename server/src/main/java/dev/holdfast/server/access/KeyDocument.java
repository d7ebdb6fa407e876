package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.Link;
import java.util.List;
import java.util.function.Predicate;

/** A key as the API shows it. */
final class KeyDocument {
    private KeyDocument() {}

    /** {@code shown}: which of its roles; those elsewhere are not everybody's business. */
    static ApiKeyJson of(ApiKey key, Predicate<Grant> shown, List<Link> links) {
        return of(key, key.maskedPrivateKey(), shown, links);
    }

    /** With its private key: only in the answer that made it. */
    static ApiKeyJson once(KeyAdministration.Made made, Predicate<Grant> shown, List<Link> links) {
        return of(made.key(), made.secret().privateKey(), shown, links);
    }

    private static ApiKeyJson of(ApiKey key, String privateKey, Predicate<Grant> shown, List<Link> links) {
        return new ApiKeyJson(
                key.desc(),
                key.id().hex(),
                links,
                privateKey,
                key.publicKey(),
                key.grants().stream().filter(shown).map(KeyDocument::role).toList());
    }

    /** A role as the API shows it. */
    static ApiKeyJson.RoleJson role(Grant grant) {
        return new ApiKeyJson.RoleJson(
                grant.group().map(Object::toString).orElse(null),
                grant.org().map(Object::toString).orElse(null),
                grant.role().name());
    }
}
