package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.FirstUserJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first user of an installation, made by somebody who has no key yet. There are keys here and no users, so what is
 * made is one global owner key; it works while there is no key at all, that is before {@code init}, and once.
 */
public final class FirstUserRoutes implements Routes {
    private static final int MAX_TEXT = 255;

    private final FirstUser first;

    /** Does no I/O. */
    public FirstUserRoutes(Keys keys) {
        this.first = new FirstUser(keys);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", "/api/public/v1.0/unauth/users", Need.NOTHING, this::create);
    }

    private Answer create(Call call) {
        // before the body: who comes too late learns nothing else
        first.requireNobody();
        JsonFields fields = JsonFields.of(call);
        FirstUserJson.User user = user(fields);
        List<AddressBlock> blocks = Stream.of("whitelist", "accessList")
                .flatMap(name -> call.queries(name).stream().map(text -> block(name, text)))
                .distinct()
                .toList();
        KeyAdministration.Made made = first.create(user.username(), blocks, call.now());
        String address = AdminKeyRoutes.address(call, made.key());
        ApiKeyJson key = KeyDocument.once(made, grant -> true, List.of(Link.self(address)));
        return Answer.created(new FirstUserJson(key, user), address);
    }

    private static FirstUserJson.User user(JsonFields fields) {
        String username = required(fields, "username");
        // there is nothing to log in to with it, so it is not kept
        required(fields, "password");
        String first = required(fields, "firstName");
        String last = required(fields, "lastName");
        String mail = Optional.ofNullable(fields.text("emailAddress")).orElse(username);
        fields.ignore("roles", "mobileNumber").refuseUnknown();
        return new FirstUserJson.User(
                mail,
                first,
                last,
                List.of(),
                List.of(new ApiKeyJson.RoleJson(null, null, Role.GLOBAL_OWNER.name())),
                username);
    }

    private static String required(JsonFields fields, String name) {
        String text = fields.requiredText(name);
        if (text.length() > MAX_TEXT) {
            throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, name);
        }
        return text;
    }

    private static AddressBlock block(String name, String text) {
        try {
            return AddressBlock.parse(text);
        } catch (Refusal refusal) {
            throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, name);
        }
    }
}
