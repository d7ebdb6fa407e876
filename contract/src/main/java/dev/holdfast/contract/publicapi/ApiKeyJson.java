package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * An API key.
 *
 * @param privateKey whole in the answer that made the key, and masked ({@code ********-****-****-db2c132ca78d}) ever after
 * @param publicKey the user name of the digest
 */
public record ApiKeyJson(
        String desc, String id, List<Link> links, String privateKey, String publicKey, List<RoleJson> roles) {

    /** Never shows the private key. */
    @Override
    public String toString() {
        return "ApiKeyJson[id=" + id + ", publicKey=" + publicKey + "]";
    }

    /**
     * A role of a key, with what it is a role in.
     *
     * @param groupId the project of a project role, else absent
     * @param orgId the organisation of an organisation role, else absent
     */
    public record RoleJson(String groupId, String orgId, String roleName) {}
}
