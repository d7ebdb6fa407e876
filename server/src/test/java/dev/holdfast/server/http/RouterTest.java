package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Router router = new Router();

    @Test
    void fixedSegmentGoesBeforeVariableOne() {
        add("GET", "/groups/{groupId}");
        add("GET", "/groups/byName");
        assertThat(pattern("GET", "/groups/byName")).isEqualTo("/groups/byName");
        assertThat(pattern("GET", "/groups/by")).isEqualTo("/groups/{groupId}");
    }

    @Test
    void variableSegmentIsTriedWhenTheFixedOneLeadsNowhere() {
        add("GET", "/groups/byName/{name}");
        add("GET", "/groups/{groupId}/hosts/{hostId}");
        RouteMatch.Found found = (RouteMatch.Found) router.find("GET", "/groups/byName/hosts/h");
        assertThat(found.route().pattern()).isEqualTo("/groups/{groupId}/hosts/{hostId}");
        assertThat(found.values()).containsExactly("byName", "h");
    }

    @Test
    void variableSegmentIsNeverEmpty() {
        add("GET", "/a/{b}/c");
        assertThat(router.find("GET", "/a//c")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(router.find("GET", "/a/b/c/")).isInstanceOf(RouteMatch.Unknown.class);
    }

    @Test
    void prefixOfARouteIsUnknown() {
        add("GET", "/a/b/c");
        assertThat(router.find("GET", "/a/b")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(router.find("GET", "/")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(router.find("GET", "")).isInstanceOf(RouteMatch.Unknown.class);
        assertThat(router.find("GET", "*")).isInstanceOf(RouteMatch.Unknown.class);
    }

    @Test
    void otherMethodsOfAllPatternsThatFitAreAllowed() {
        add("GET", "/a/{b}");
        add("POST", "/a/b");
        assertThat(router.find("PUT", "/a/b")).isEqualTo(new RouteMatch.OtherMethods(List.of("GET", "HEAD", "POST")));
        assertThat(pattern("GET", "/a/b")).isEqualTo("/a/{b}");
    }

    @Test
    void headReachesGetUnlessItHasARouteOfItsOwn() {
        add("GET", "/a");
        assertThat(((RouteMatch.Found) router.find("HEAD", "/a")).route().method())
                .isEqualTo("GET");
        add("HEAD", "/a");
        assertThat(((RouteMatch.Found) router.find("HEAD", "/a")).route().method())
                .isEqualTo("HEAD");
    }

    @Test
    void deepPathsEndTheSearch() {
        add("GET", "/{a}/{b}");
        assertThat(router.find("GET", "/x".repeat(4_000))).isInstanceOf(RouteMatch.Unknown.class);
    }

    @Test
    void twoRoutesForOnePlaceAreABug() {
        add("GET", "/a/{b}");
        assertThatThrownBy(() -> add("GET", "/a/{c}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /a/{c}");
        assertThatThrownBy(() -> add("GET", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> add("GET", "/a//b")).isInstanceOf(IllegalArgumentException.class);
    }

    private String pattern(String method, String path) {
        return ((RouteMatch.Found) router.find(method, path)).route().pattern();
    }

    private void add(String method, String pattern) {
        router.add(method, pattern, Need.KEY, call -> Answer.empty(204));
    }
}
