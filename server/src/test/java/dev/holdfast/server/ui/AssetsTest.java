package dev.holdfast.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files themselves: all are listed, all are used, and none can be made to run or load what is not ours. */
final class AssetsTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/holdfast/server/ui");

    /** What a first page may weigh, uncompressed, everything that is not loaded by a page on demand. */
    private static final int FIRST_PAGE = 150_000;

    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:\\} from |import\\()'([^']+)'");
    private static final Pattern STATIC_IMPORT = Pattern.compile("\\} from '([^']+)'");

    private final Assets assets = new Assets();

    static Stream<String> names() {
        return Assets.NAMES.stream().sorted();
    }

    static Stream<String> scripts() {
        return names().filter(name -> name.endsWith(".js"));
    }

    @Test
    void theListIsTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Set<String> found = files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(Assets.NAMES).containsExactlyInAnyOrderElementsOf(found);
            assertThat(found).hasSizeGreaterThan(20);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatAFileRefersTo_isThere(String name) {
        for (String reference : references(name, text(name))) {
            assertThat(Assets.NAMES).as("%s refers to %s", name, reference).contains(reference);
        }
    }

    @Test
    void everyFileIsUsed() {
        Set<String> used = reachableFrom(IMPORT);
        assertThat(used).containsExactlyInAnyOrderElementsOf(Assets.NAMES);
    }

    @Test
    void whatEveryPageNeeds_isLoadedAtOnce() {
        // a browser that learns of a file only from another one asks for it that much later
        Set<String> needed = reachableFrom(STATIC_IMPORT);
        needed.remove(Assets.INDEX);
        assertThat(references(Assets.INDEX, text(Assets.INDEX))).containsAll(needed);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptMakesHtmlOrCodeFromText(String name) {
        assertThat(text(name))
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser")
                .doesNotContain("createContextualFragment", "setHTML", "srcdoc", "javascript:", "new Function")
                .doesNotContainPattern("\\beval\\s*\\(")
                .doesNotContainPattern("set(?:Timeout|Interval)\\s*\\(\\s*['\"`]")
                .doesNotContainPattern("setAttribute\\s*\\(\\s*['\"](?:on|style)");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptKeepsAnythingInTheBrowser(String name) {
        assertThat(text(name)).doesNotContain("localStorage", "sessionStorage", "indexedDB", "document.cookie");
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsAskedOfAnotherServer(String name) {
        // a name space of XML is a name, and is not asked for
        String text = text(name).replace("http://www.w3.org/2000/svg", "");
        assertThat(text).doesNotContainPattern("(?:https?:|wss?:)//").doesNotContain("@import", "url(");
    }

    @ParameterizedTest
    @ValueSource(strings = {Assets.INDEX})
    void thePageHasNothingInline(String name) {
        assertThat(text(name))
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                .doesNotContain("<style", " style=")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @Test
    void theFirstPageIsSmall() {
        Set<String> first = reachableFrom(STATIC_IMPORT);
        first.addAll(List.of("pages/overview.js", "lib/states.js", "pages/signin.js"));
        int bytes = first.stream()
                .mapToInt(name -> assets.find(name).orElseThrow().plain().length)
                .sum();
        assertThat(bytes).isLessThan(FIRST_PAGE);
    }

    @Test
    void anAssetIsReadOnce() {
        assertThat(assets.find("app.css").orElseThrow())
                .isSameAs(assets.find("app.css").orElseThrow());
    }

    /** Whatever is loaded, directly or not, when the page is. */
    private Set<String> reachableFrom(Pattern imports) {
        Set<String> seen = new TreeSet<>(Set.of(Assets.INDEX));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String name = open.pop();
            for (String next : references(name, text(name), imports)) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return seen;
    }

    private static Set<String> references(String name, String text) {
        return references(name, text, IMPORT);
    }

    private static Set<String> references(String name, String text, Pattern imports) {
        Pattern pattern = name.endsWith(".html") ? REFERENCE : name.endsWith(".js") ? imports : null;
        if (pattern == null) {
            return Set.of();
        }
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(found -> !found.equals("/ui/"))
                .map(found -> URI.create("/ui/" + name).resolve(found).getPath())
                .map(path -> path.substring("/ui/".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String text(String name) {
        return new String(assets.find(name).orElseThrow().plain(), StandardCharsets.UTF_8);
    }
}
