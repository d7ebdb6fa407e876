package dev.holdfast.server.reference;

import dev.holdfast.contract.publicapi.AgentJson;
import dev.holdfast.contract.publicapi.GrowthJson;
import dev.holdfast.contract.publicapi.OverviewJson;
import dev.holdfast.contract.publicapi.RunJson;
import dev.holdfast.contract.publicapi.SessionJson;
import dev.holdfast.server.reference.Operation.Shape;

/** What pages for people ask, beside the public API. */
final class PageOperations {
    private static final String OWN = "/api/holdfast/v1";
    private static final String GROUP = OWN + "/groups/{groupId}";

    private PageOperations() {}

    static void addTo(Catalogue all) {
        all.addAt(
                "POST",
                OWN + "/sessions",
                it -> it.saying("Signs in from a browser: opens a session for the key that signed the request.")
                        .answering(201, Shape.ENTITY, SessionJson.class));
        all.addAt(
                "GET",
                OWN + "/sessions/current",
                it -> it.saying("Who is signed in.").answering(200, Shape.ENTITY, SessionJson.class));
        all.addAt("DELETE", OWN + "/sessions/current", it -> it.saying("Signs out."));
        all.addAt(
                "GET",
                OWN + "/overview",
                it -> it.saying("What is protected and what is not.")
                        .answering(200, Shape.ENTITY, OverviewJson.class)
                        .asking("groupId", "one project only"));
        for (String whose : new String[] {"/clusters/{clusterId}", "/hosts/{hostId}"}) {
            all.addAt(
                    "GET",
                    GROUP + whose + "/growth",
                    it -> it.saying("What each snapshot came to, oldest first.")
                            .answering(200, Shape.LIST, GrowthJson.class));
        }
        all.addAt(
                "GET",
                GROUP + "/agents",
                it -> it.saying("The agents of a project, by name.").answering(200, Shape.LIST, AgentJson.class));
        all.addAt(
                "GET",
                GROUP + "/runs",
                it -> it.saying("Snapshots and automated restores that agents were asked for, newest first.")
                        .answering(200, Shape.LIST, RunJson.class));
    }
}
