package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request that makes or changes a key.
 *
 * @param desc null when absent
 * @param grants without those given twice; null when absent
 */
record KeyRequest(String desc, List<Grant> grants) {
    private static final String[] READ_ONLY = {"id", "links", "privateKey", "publicKey"};

    /** Both attributes must be there. */
    static KeyRequest whole(Call call, Role.Scope scope, String scopeId) {
        JsonFields fields = JsonFields.of(call);
        KeyRequest read = read(fields, scope, scopeId);
        fields.refuseUnknown();
        fields.required("desc", read.desc);
        fields.required("roles", read.grants);
        return read;
    }

    /** At least one must be there. */
    static KeyRequest part(Call call, Role.Scope scope, String scopeId) {
        JsonFields fields = JsonFields.of(call);
        KeyRequest read = read(fields, scope, scopeId);
        fields.refuseUnknown();
        if (read.desc == null && read.grants == null) {
            throw new Refusal(ErrorCode.MISSING_ONE_OF_ATTRIBUTES, "desc", "roles");
        }
        return read;
    }

    private static KeyRequest read(JsonFields fields, Role.Scope scope, String scopeId) {
        fields.readOnly(READ_ONLY);
        String desc = fields.text("desc");
        if (desc != null) {
            Keys.requireDesc(desc);
        }
        List<String> names = fields.texts("roles");
        if (names == null) {
            return new KeyRequest(desc, null);
        }
        if (names.isEmpty()) {
            throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, "roles")
                    .saying("Invalid attribute roles specified: a key has at least one role here.\n"
                            + "HINT: delete the key to take its last role away.");
        }
        List<Grant> grants = new ArrayList<>();
        for (String name : names) {
            Role role = Role.parse(name)
                    .filter(known -> known.scope() == scope)
                    .orElseThrow(() -> new Refusal(ErrorCode.INVALID_ENUM_VALUE, name));
            Grant grant = new Grant(role, scopeId);
            if (!grants.contains(grant)) {
                grants.add(grant);
            }
        }
        return new KeyRequest(desc, grants);
    }
}
