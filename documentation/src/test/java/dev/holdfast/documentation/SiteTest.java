package dev.holdfast.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteTest {
    @TempDir
    private Path root;

    @BeforeEach
    void threePages() throws IOException {
        put("README.md", "# Readme\n");
        put("CONTRIBUTING.md", "# Contributing\n");
        put("docs/index.md", "# Home\n\n## Group\n\n- [One](one.md): first\n- [Decisions](decisions/README.md)\n");
        put("docs/one.md", "# One\n\n## A `code` heading\n\nText.\n");
        put("docs/decisions/README.md", "# Decisions\n");
        put("docs/decisions/0001-first.md", "# 1. First\n\nBack to [one](../one.md#a-code-heading).\n");
    }

    @Test
    void projectsOwnPages_haveNoProblem_andAreWritten() throws IOException {
        Site site = new Site(Sources.read(Path.of("..").toAbsolutePath().normalize()));
        assertThat(site.problems()).as("run ./site to see them").isEmpty();
        Path folder = root.resolve("site");
        assertThat(site.write(folder)).isGreaterThan(40);
        assertEveryLinkLeadsSomewhere_andNothingIsLoadedFromElsewhere(folder);
    }

    @Test
    void pages_haveMenuContentsAndSearch() throws IOException {
        put("docs/one.md", "# One\n\n## A `code` heading\n\n## Second\n\n## Third <3\n\nfind me\n");
        assertThat(problems()).isEmpty();
        String page = written("one.html");
        assertThat(page)
                .contains("<title>One – Holdfast</title>")
                .contains("<a href=\"one.html\" aria-current=\"page\">One</a>")
                .contains("<h2 id=\"a-code-heading\">A <code>code</code> heading")
                .contains("<a href=\"#third-3\">Third &lt;3</a>");
        assertThat(written("decisions/index.html")).contains("<a href=\"0001-first.html\">1. First</a>");
        assertThat(written("decisions/0001-first.html"))
                .contains("<a href=\"../one.html#a-code-heading\">")
                .contains("href=\"../site.css\"");
        String script = written("search-index.js");
        JsonNode index =
                new ObjectMapper().readTree(script.substring("holdfastSearch(".length(), script.lastIndexOf(')')));
        assertThat(index).anySatisfy(entry -> {
            assertThat(entry.path("url").asText()).isEqualTo("one.html#third-3");
            assertThat(entry.path("text").asText()).isEqualTo("find me");
        });
    }

    @Test
    void brokenLinks_andAnchors_areProblems_withFileAndLine() throws IOException {
        put(
                "docs/one.md",
                "# One\n\n[a](two.md)\n\n[b](#none)\n\n[c](decisions/0001-first.md#none)\n\n[d](../../up.md)\n");
        assertThat(problems())
                .hasSize(4 + 1)
                .anyMatch(one -> one.equals("docs/one.md:3: two.md: there is no docs/two.md"))
                .anyMatch(one -> one.startsWith("docs/one.md:5: #none"))
                .anyMatch(one -> one.startsWith("docs/one.md:7: decisions/0001-first.md#none"))
                .anyMatch(one -> one.startsWith("docs/one.md:9: ../../up.md leads out"))
                .anyMatch(one -> one.startsWith("docs/decisions/0001-first.md:3: ../one.md#a-code-heading"));
    }

    @Test
    void linksOfTheReadme_areFollowedToo() throws IOException {
        put("README.md", "# Readme\n\n[one](docs/one.md#nowhere) [it](LICENSE)\n");
        assertThat(problems()).hasSize(2).allMatch(one -> one.startsWith("README.md:3: "));
    }

    @Test
    void pageThatNothingLeadsTo_isAProblem() throws IOException {
        put("docs/lost.md", "# Lost\n");
        assertThat(problems()).containsExactly("docs/lost.md:1: no list of docs/index.md leads to it");
    }

    @Test
    void headingThatSkipsALevel_isAProblem() throws IOException {
        put("docs/one.md", "# One\n\n### A `code` heading\n");
        assertThat(problems()).hasSize(1).first().asString().contains("skips a level");
    }

    @Test
    void commands_haveToBeWhereTheTestFindsThem() throws IOException {
        put("docs/one.md", "# One\n\n## A code heading\n\n```bash\nholdfast version\n```\n");
        assertThat(problems()).hasSize(1).first().asString().contains("does not say where");
        put("docs/one.md", "# One\n\n<!-- commands: moon -->\n\n## A code heading\n");
        assertThat(problems()).hasSize(1).first().asString().startsWith("docs/one.md:3: ");
        put("docs/one.md", "# One\n\n## A code heading\n\n    holdfast version\n");
        assertThat(problems()).hasSize(1).first().asString().startsWith("docs/one.md:5: these look like commands");
        put("docs/one.md", "# One\n\n## A code heading\n\n- item\n\n  ```text\n  curl http://x\n  ```\n");
        assertThat(problems()).hasSize(1).first().asString().startsWith("docs/one.md:7: these look like commands");
        put("docs/one.md", "# One\n\n## A code heading\n\n```text output\nx\n```\n");
        assertThat(problems()).hasSize(1).first().asString().contains("no commands that are run right before it");
    }

    @Test
    void reason_standsOnThePage_andHtmlIsText() throws IOException {
        put(
                "docs/one.md",
                "# One\n\n<!-- commands: demo -->\n\n## A code heading\n\n```bash no-run=\"needs <root>\"\nsudo x\n```\n\n"
                        + "```bash\necho '<b>'\n```\n");
        assertThat(problems()).isEmpty();
        assertThat(written("one.html"))
                .contains("Not run by the test: needs &lt;root&gt;")
                .contains("echo '&lt;b&gt;'")
                .contains("A test runs the commands of this page")
                .doesNotContain("<!-- commands");
    }

    private static void assertEveryLinkLeadsSomewhere_andNothingIsLoadedFromElsewhere(Path folder) throws IOException {
        Pattern href = Pattern.compile("(href|src)=\"([^\"]*)\"");
        List<Path> pages;
        try (Stream<Path> files = Files.walk(folder)) {
            pages = files.filter(file -> file.toString().endsWith(".html")).toList();
        }
        for (Path page : pages) {
            String html = Files.readString(page);
            Matcher matcher = href.matcher(html);
            while (matcher.find()) {
                String to = matcher.group(2);
                if (to.startsWith("https://") || to.startsWith("http://")) {
                    int tag = html.lastIndexOf('<', matcher.start());
                    assertThat(html.substring(tag, tag + 3))
                            .as("%s loads %s", page, to)
                            .isEqualTo("<a ");
                } else if (!to.startsWith("data:")) {
                    String[] parts = to.split("#", 2);
                    Path file = parts[0].isEmpty()
                            ? page
                            : page.resolveSibling(parts[0]).normalize();
                    assertThat(file).as("%s leads to %s", page, to).isRegularFile();
                    if (parts.length > 1) {
                        assertThat(Files.readString(file)).contains(" id=\"" + parts[1] + "\"");
                    }
                }
            }
        }
    }

    private List<String> problems() throws IOException {
        return new Site(Sources.read(root)).problems();
    }

    private String written(String name) throws IOException {
        Path folder = root.resolve("site");
        int pages = new Site(Sources.read(root)).write(folder);
        assertThat(pages).isEqualTo(4);
        return Files.readString(folder.resolve(name));
    }

    private void put(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
