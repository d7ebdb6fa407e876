package dev.holdfast.dist.completion;

import picocli.CommandLine;

/** Shells that can complete the words of a command. */
public enum Shell {
    /** GNU bash, with or without the package bash-completion. */
    BASH {
        @Override
        public String script(CommandLine top) {
            return new BashScript(WordTree.of(top)).text();
        }
    },
    /** zsh. */
    ZSH {
        @Override
        public String script(CommandLine top) {
            return new ZshScript(WordTree.of(top)).text();
        }
    },
    /** fish. */
    FISH {
        @Override
        public String script(CommandLine top) {
            return new FishScript(WordTree.of(top)).text();
        }
    };

    /** The script for this shell to read at its start. */
    public abstract String script(CommandLine top);
}
