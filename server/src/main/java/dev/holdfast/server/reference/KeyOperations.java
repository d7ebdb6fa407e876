package dev.holdfast.server.reference;

import static dev.holdfast.server.reference.Attribute.of;
import static dev.holdfast.server.reference.Attribute.required;

import dev.holdfast.contract.publicapi.AccessListEntryJson;
import dev.holdfast.contract.publicapi.FirstUserJson;
import dev.holdfast.contract.publicapi.GlobalListEntryJson;
import dev.holdfast.server.reference.Operation.Shape;
import java.util.List;

/** API keys and access lists; each list under its new and its old name. */
final class KeyOperations {
    private static final List<String> SPELLINGS = List.of("accessList", "whitelist");

    private KeyOperations() {}

    static void addTo(Catalogue all) {
        keys(all, "/orgs/{orgId}/apiKeys", "an organisation", "ORG_");
        keys(all, "/groups/{groupId}/apiKeys", "a project", "GROUP_");
        keys(all, "/admin/apiKeys", "the whole installation", "GLOBAL_");
        for (String spelling : SPELLINGS) {
            list(all, "/orgs/{orgId}/apiKeys/{keyId}/" + spelling, "a key");
            list(all, "/users/{userId}/" + spelling, "a personal key, whose user id is the key's id");
            common(all, "/admin/" + spelling);
        }
        all.add(
                "POST",
                "/unauth/users",
                it -> it.saying("Makes the first key, while there is none; once.")
                        .answering(201, Shape.ENTITY, FirstUserJson.class)
                        .asking("whitelist", "an address or block for the key's access list; may be repeated")
                        .asking("accessList", "the same")
                        .taking(
                                required("username", "string", "often a mail address"),
                                required("password", "string", "not kept"),
                                required("firstName", "string", "not kept"),
                                required("lastName", "string", "not kept"),
                                of("emailAddress", "string", "not kept")));
    }

    private static void keys(Catalogue all, String list, String where, String prefix) {
        String one = list + "/{keyId}";
        Attribute desc = required("desc", "string", "what the key is for, 1 to 250 characters");
        Attribute roles = required("roles", "array", "names that begin with " + prefix);
        all.add("GET", list, it -> it.saying("The keys of " + where + "."));
        all.add(
                "POST",
                list,
                it -> it.saying("Makes a key; its private half is in this answer only.")
                        .taking(desc, roles));
        all.add("GET", one, it -> it.saying("One key of " + where + "."));
        all.add(
                "PATCH",
                one,
                it -> it.saying("Changes what a key is for, or its roles in " + where + ".")
                        .taking(of("desc", "string", desc.text()), of("roles", "array", roles.text())));
        String end = prefix.equals("GROUP_")
                ? "Takes from a key its roles in the project; the key stays."
                : "Deletes a key.";
        all.add("DELETE", one, it -> it.saying(end));
    }

    private static void list(Catalogue all, String list, String whose) {
        String one = list + "/{address}";
        all.add(
                "GET",
                list,
                it -> it.saying("The access list of " + whose + ".")
                        .answering(200, Shape.LIST, AccessListEntryJson.class));
        all.add(
                "POST",
                list,
                it -> it.saying("Adds to the access list of " + whose + ".")
                        .answering(201, Shape.LIST, AccessListEntryJson.class)
                        .takingItems(
                                of("ipAddress", "string", "one address, or"),
                                of("cidrBlock", "string", "a block of addresses")));
        all.add(
                "GET",
                one,
                it -> it.saying("One entry of the access list of " + whose + ".")
                        .answering(200, Shape.ENTITY, AccessListEntryJson.class));
        all.add("DELETE", one, it -> it.saying("Takes an entry off the access list of " + whose + "."));
    }

    private static void common(Catalogue all, String list) {
        String one = list + "/{entryId}";
        all.add(
                "GET",
                list,
                it -> it.saying("The access list that all global keys have in common.")
                        .answering(200, Shape.LIST, GlobalListEntryJson.class));
        all.add(
                "POST",
                list,
                it -> it.saying("Adds an entry to the list of all global keys.")
                        .answering(201, Shape.ENTITY, GlobalListEntryJson.class)
                        .taking(
                                required("cidrBlock", "string", "an address or a block of them"),
                                required("description", "string", "what it is for, 1 to 250 characters")));
        all.add(
                "GET",
                one,
                it -> it.saying("One entry of the list of all global keys.")
                        .answering(200, Shape.ENTITY, GlobalListEntryJson.class));
        all.add(
                "PATCH",
                one,
                it -> it.saying("Changes an entry of the list of all global keys.")
                        .answering(200, Shape.ENTITY, GlobalListEntryJson.class)
                        .taking(
                                of("cidrBlock", "string", "an address or a block of them"),
                                of("description", "string", "what it is for, 1 to 250 characters")));
        all.add("DELETE", one, it -> it.saying("Takes an entry off the list of all global keys."));
    }
}
