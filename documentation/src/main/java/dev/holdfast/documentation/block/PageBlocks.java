package dev.holdfast.documentation.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;

/**
 * The code blocks of a page.
 *
 * @param setting where its commands are run; empty when it names none
 * @param blocks in their order
 * @param problems what does not keep to the convention, each with its line
 */
public record PageBlocks(Optional<Setting> setting, List<Block> blocks, List<String> problems) {
    private static final Pattern SETTING = Pattern.compile("<!-- commands: ([a-z]+) -->\\s*");

    /** Something that is typed, and not where a test would find it. */
    private static final Pattern TYPED = Pattern.compile(
            "(?m)^\\s*(?:\\$ |\\./|(?:holdfast|curl|tar|mongod|mongos|mongo|wt|sudo|systemctl|docker|apt"
                    + "|apt-get|dpkg|mvn) )");

    /** Looks through a parsed page. */
    public static PageBlocks of(Node document) {
        Finder finder = new Finder();
        document.accept(finder);
        boolean commands = finder.blocks.stream().anyMatch(one -> one.fence().run());
        if (commands && finder.setting.isEmpty()) {
            finder.problems.add(
                    "1: it has commands that are run, and does not say where, such as <!-- commands: demo -->");
        }
        return new PageBlocks(
                finder.setting.stream().findFirst(), List.copyOf(finder.blocks), List.copyOf(finder.problems));
    }

    /** The line that a node begins in, from 1. */
    public static int line(Node node) {
        for (Node one = node; one != null; one = one.getParent()) {
            if (!one.getSourceSpans().isEmpty()) {
                return one.getSourceSpans().get(0).getLineIndex() + 1;
            }
        }
        return 1;
    }

    private static final class Finder extends AbstractVisitor {
        private final List<Block> blocks = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<Setting> setting = new ArrayList<>();

        @Override
        public void visit(FencedCodeBlock node) {
            Fence fence = Fence.parse(node.getInfo() == null ? "" : node.getInfo());
            int line = line(node);
            fence.problems().forEach(problem -> problems.add(line + ": " + problem));
            if (fence.output()
                    && (blocks.isEmpty()
                            || !blocks.get(blocks.size() - 1).fence().run())) {
                problems.add(line + ": an output has no commands that are run right before it");
            }
            blocks.add(new Block(line, fence, node.getLiteral()));
            if (!fence.commands() && fence.language().equals("text") && !fence.output()) {
                refuseTyped(node, node.getLiteral());
            }
        }

        @Override
        public void visit(IndentedCodeBlock node) {
            refuseTyped(node, node.getLiteral());
        }

        private void refuseTyped(Node node, String text) {
            if (TYPED.matcher(text).find()) {
                problems.add(line(node) + ": these look like commands: put them into ```bash, so that they are run");
            }
        }

        @Override
        public void visit(HtmlBlock node) {
            Matcher matcher = SETTING.matcher(node.getLiteral());
            if (!matcher.matches()) {
                problems.add(line(node) + ": HTML is not shown; the only comment there is: <!-- commands: demo -->");
                return;
            }
            Setting.named(matcher.group(1))
                    .ifPresentOrElse(
                            setting::add, () -> problems.add(line(node) + ": there is no setting " + matcher.group(1)));
            if (setting.size() > 1) {
                problems.add(line(node) + ": a page has one setting");
            }
        }

        @Override
        public void visit(HtmlInline node) {
            problems.add(line(node) + ": HTML is not shown: " + node.getLiteral());
        }
    }
}
