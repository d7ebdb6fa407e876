package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.util.List;

/** The API keys of a project, of an organisation, or of the whole installation. */
public final class ApiKeys {
    private final Api api;
    private final String path;
    private final String organisation;
    private final boolean ofProject;

    private ApiKeys(Api api, String path, String organisation, boolean ofProject) {
        this.api = api;
        this.path = path;
        this.organisation = organisation;
        this.ofProject = ofProject;
    }

    /** Those with a role in a project, which is given by id or name; null for the only one. */
    public static ApiKeys ofProject(Api api, String given) throws IOException, InterruptedException {
        JsonNode project = new Names(api).project(given);
        String group = project.path("id").asText();
        return new ApiKeys(
                api, "/groups/" + group + "/apiKeys", project.path("orgId").asText(null), true);
    }

    /** Those of an organisation. */
    public static ApiKeys ofOrganisation(Api api, String id) {
        return new ApiKeys(api, "/orgs/" + Api.segment(id) + "/apiKeys", id, false);
    }

    /** Those with a role in everything. */
    public static ApiKeys ofAll(Api api) {
        return new ApiKeys(api, "/admin/apiKeys", null, false);
    }

    /** Id of the organisation that the keys belong to; null if they belong to none. */
    public String organisation() {
        return organisation;
    }

    /** Whether a key can have roles elsewhere too. */
    public boolean isOfProject() {
        return ofProject;
    }

    /** All of them. */
    public List<JsonNode> all() throws IOException, InterruptedException {
        return api.list(path);
    }

    /**
     * The key of that id or public key.
     *
     * @throws CliTrouble if there is none
     */
    public JsonNode find(String given) throws IOException, InterruptedException {
        for (JsonNode key : all()) {
            if (key.path("id").asText().equals(given)
                    || key.path("publicKey").asText().equals(given)) {
                return key;
            }
        }
        throw CliTrouble.failed("there is no key " + given + " here", "holdfast keys list shows those of the project.");
    }

    /** Makes one; the answer has its private key. */
    public JsonNode create(ObjectNode body) throws IOException, InterruptedException {
        return api.post(path, body);
    }

    /** Lets a key start restores from addresses. */
    public void allow(JsonNode key, List<String> addresses) throws IOException, InterruptedException {
        ArrayNode entries = ApiJson.mapper().createArrayNode();
        for (String address : addresses) {
            entries.addObject().put(address.contains("/") ? "cidrBlock" : "ipAddress", address);
        }
        api.post("/orgs/" + organisation + "/apiKeys/" + key.path("id").asText() + "/accessList", entries);
    }

    /** Deletes one; of a project: takes its roles there. */
    public void delete(JsonNode key) throws IOException, InterruptedException {
        api.delete(path + "/" + key.path("id").asText());
    }
}
