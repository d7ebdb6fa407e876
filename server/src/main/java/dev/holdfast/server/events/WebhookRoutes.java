package dev.holdfast.server.events;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The webhooks of a project, for its owner: the secret of one is shown once, in the answer to its POST. */
public final class WebhookRoutes implements Routes {
    private static final String ALL = "/api/holdfast/v1/groups/{groupId}/webhooks";

    private final Webhooks webhooks;

    /** Does no I/O. */
    public WebhookRoutes(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", ALL, Need.ADMIN, this::list);
        table.add("POST", ALL, Need.ADMIN, this::create);
        table.add("DELETE", ALL + "/{webhookId}", Need.ADMIN, this::delete);
    }

    private Answer list(Call call) {
        Paging paging = Paging.of(call);
        List<Map<String, Object>> hooks = webhooks.list(call.group()).stream()
                .map(shown -> {
                    Map<String, Object> document = document(shown.hook());
                    document.put("pending", shown.backlog().pending());
                    document.put("dead", shown.backlog().dead());
                    return document;
                })
                .toList();
        return Answer.ok(paging.slice(call, hooks));
    }

    private Answer create(Call call) {
        JsonFields body = JsonFields.of(call);
        String url = body.requiredText("url");
        body.refuseUnknown();
        Webhooks.New made = webhooks.create(call.group(), url, call.now());
        Map<String, Object> document = document(made.hook());
        document.put("secret", made.secret());
        return Answer.created(
                document, call.baseUrl() + call.path() + "/" + made.hook().id());
    }

    private Answer delete(Call call) {
        String id = call.pathParameter("webhookId");
        if (!webhooks.delete(call.group(), id)) {
            throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path());
        }
        return Answer.empty(204);
    }

    private static Map<String, Object> document(Webhook hook) {
        Map<String, Object> document = new TreeMap<>();
        document.put("id", hook.id());
        document.put("url", hook.url());
        document.put("created", ApiJson.date(hook.created()));
        return document;
    }
}
