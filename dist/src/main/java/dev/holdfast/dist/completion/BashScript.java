package dev.holdfast.dist.completion;

import dev.holdfast.dist.completion.WordTree.Takes;
import dev.holdfast.dist.completion.WordTree.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * One function: it walks the words before the cursor down the tree, then offers what may come. Bash 3.2 understands it, and
 * it needs nothing of the package bash-completion.
 */
final class BashScript {
    private final WordTree tree;

    BashScript(WordTree tree) {
        this.tree = tree;
    }

    String text() {
        StringBuilder walk = new StringBuilder();
        StringBuilder words = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (WordTree one : tree.all()) {
            for (WordTree below : one.commands()) {
                walk.append("      '").append(below.key()).append("') at=$next ;;\n");
            }
            List<String> offered = new ArrayList<>();
            one.commands().forEach(below -> offered.add(below.name()));
            one.options().forEach(option -> offered.addAll(option.names()));
            words.append("    '")
                    .append(one.key())
                    .append("') words='")
                    .append(String.join(" ", offered))
                    .append("' ;;\n");
            for (Word option : one.options()) {
                if (option.takes() != Takes.NOTHING) {
                    values.append(value(one, option));
                }
            }
        }
        String name = tree.name();
        return """
                # bash completion for @NAME@; read it with: source <(@NAME@ completion bash)
                _@NAME@() {
                  local current previous at='' next word words='' i
                  current=${COMP_WORDS[COMP_CWORD]}
                  previous=''
                  [ "$COMP_CWORD" -gt 1 ] && previous=${COMP_WORDS[COMP_CWORD - 1]}
                  for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    next=${at:+$at }$word
                    case $next in
                @WALK@    esac
                  done
                  COMPREPLY=()
                  case $at:$previous in
                @VALUES@  esac
                  case $at in
                @WORDS@  esac
                  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
                }
                complete -o filenames -F _@NAME@ @NAME@
                """.replace("@NAME@", name)
                .replace("@WALK@", walk)
                .replace("@VALUES@", values)
                .replace("@WORDS@", words);
    }

    private static String value(WordTree command, Word option) {
        StringBuilder line = new StringBuilder("    ");
        List<String> patterns = option.names().stream()
                .map(name -> "'" + command.key() + ":" + name + "'")
                .toList();
        line.append(String.join(" | ", patterns)).append(") ");
        if (!option.choices().isEmpty()) {
            line.append("while IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(compgen -W '")
                    .append(String.join(" ", option.choices()))
                    .append("' -- \"$current\"); return ;;\n");
        } else if (option.takes() == Takes.PATH) {
            line.append(
                    "while IFS= read -r word; do COMPREPLY+=(\"$word\"); done < <(compgen -f -- \"$current\"); return ;;\n");
        } else {
            line.append("return ;;\n"); // nobody knows it but the operator
        }
        return line.toString();
    }
}
