package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * Somebody who signed in from a browser. Ours, beside the Public API.
 *
 * @param created ISO 8601
 * @param expires when it ends at the latest, ISO 8601
 * @param id of the session; opens nothing
 * @param idleSeconds how long it lives without a request of somebody at the page
 * @param roles those that the key has now
 * @param user the key that it was opened with
 */
public record SessionJson(
        String created,
        String expires,
        String id,
        long idleSeconds,
        List<Link> links,
        List<ApiKeyJson.RoleJson> roles,
        UserJson user) {
    /**
     * The key.
     *
     * @param desc what it is for
     * @param id its id
     * @param username its public half
     */
    public record UserJson(String desc, String id, String username) {}
}
