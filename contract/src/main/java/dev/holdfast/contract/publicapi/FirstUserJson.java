package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * The answer to the creation of the first user.
 *
 * @param programmaticApiKey the key to go on with, its private half shown this once
 */
public record FirstUserJson(ApiKeyJson programmaticApiKey, User user) {

    /** The user as it was sent, but for the password; Holdfast has keys, not users, and keeps only its name. */
    public record User(
            String emailAddress,
            String firstName,
            String lastName,
            List<Link> links,
            List<ApiKeyJson.RoleJson> roles,
            String username) {}
}
