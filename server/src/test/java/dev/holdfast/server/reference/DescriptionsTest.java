package dev.holdfast.server.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import dev.holdfast.server.testing.PrintedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** {@code descriptions.json} is the Javadoc of the API's records, printed: it is written once, where the record is. */
final class DescriptionsTest {
    private static final List<Path> SOURCES = List.of(
            Path.of("../contract/src/main/java/dev/holdfast/contract/publicapi"),
            Path.of("../contract/src/main/java/dev/holdfast/contract/agentapi"));
    private static final Path FILE = Path.of("src/main/resources/dev/holdfast/server/reference/descriptions.json");

    @Test
    void file_isTheJavadocOfTheRecords() throws IOException {
        TreeMap<String, String> texts = read();
        assertThat(texts).containsEntry("ClusterJson.shardName", "for a shard").hasSizeGreaterThan(50);
        String printed =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(texts) + "\n";
        PrintedPage.check(FILE, printed);
    }

    private static TreeMap<String, String> read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        TreeMap<String, String> texts = new TreeMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = new java.util.ArrayList<>();
            for (Path folder : SOURCES) {
                try (Stream<Path> list = Files.list(folder)) {
                    list.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(sources::add);
                }
            }
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Records(docs, texts).scan(unit, "");
            }
        }
        return texts;
    }

    /** Walks a source file; what it carries along is the name of the class around, with a dot. */
    private static final class Records extends TreePathScanner<Void, String> {
        private final DocTrees docs;
        private final TreeMap<String, String> texts;

        Records(DocTrees docs, TreeMap<String, String> texts) {
            this.docs = docs;
            this.texts = texts;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            String name = outer + type.getSimpleName();
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment != null && type.getKind() == com.sun.source.tree.Tree.Kind.RECORD) {
                put(name, comment.getFirstSentence());
                for (DocTree tag : comment.getBlockTags()) {
                    if (tag instanceof ParamTree param && !param.isTypeParameter()) {
                        put(name + "." + param.getName(), param.getDescription());
                    }
                }
            }
            return super.visitClass(type, name + ".");
        }

        private void put(String name, List<? extends DocTree> words) {
            String text = words.stream().map(DocTree::toString).collect(Collectors.joining());
            texts.put(
                    name,
                    text.replaceAll("\\{@code ([^}]*)}", "`$1`")
                            .replaceAll("\\{@link #?([^} ]*)[^}]*}", "`$1`")
                            .replaceAll("<[^>]*>", "")
                            .replaceAll("\\s+", " ")
                            .strip());
        }
    }
}
