package dev.holdfast.store.sweep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes plans. JSON by hand, for a store is swept with nothing but this module. */
final class PlanText {
    private PlanText() {}

    static String text(SweepPlan plan) {
        StringBuilder text = new StringBuilder();
        int files = 0;
        for (ProjectPlan project : plan.projects()) {
            project.packs().forEach(doomed -> line(text, doomed));
            project.pages().forEach(doomed -> line(text, doomed));
            project.forwards().forEach(doomed -> line(text, doomed));
            project.moved().forEach(doomed -> line(text, doomed));
            project.repacked().forEach(repacked -> line(text, repacked));
            files += project.packs().size()
                    + project.pages().size()
                    + project.forwards().size()
                    + project.moved().size();
            text.append("project ").append(project.project()).append(": ");
            if (project.skipped() != null) {
                text.append("nothing may be swept, ").append(project.skipped()).append('\n');
                continue;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%d packs and %d pages can go, %d packs are repacked (%,d bytes are copied), %,d bytes become free; "
                            + "%d packs are needed, %d are pinned by uploads, %d files are too young%n",
                    project.packs().size() + project.moved().size(),
                    project.pages().size(),
                    project.repacked().size(),
                    project.copied(),
                    project.bytes(),
                    project.livePacks(),
                    project.pinnedPacks(),
                    project.youngFiles()));
        }
        return text.append(String.format(Locale.ROOT, "%d files go, %,d bytes become free%n", files, plan.bytes()))
                .toString();
    }

    private static void line(StringBuilder text, Doomed doomed) {
        text.append(String.format(
                Locale.ROOT, "%s  %,d bytes, written %s%n", doomed.blob(), doomed.bytes(), doomed.written()));
    }

    private static void line(StringBuilder text, Repacked pack) {
        text.append(String.format(
                Locale.ROOT,
                "%s  repacked: %,d of %,d bytes are copied, %d jumps healed%n",
                pack.blob(),
                pack.copied(),
                pack.bytes(),
                pack.jumps()));
    }

    static String json(SweepPlan plan) {
        return "{\"at\":" + quoted(plan.at().toString()) + ",\"margins\":{\"packs\":"
                + quoted(plan.margins().packs().toString()) + ",\"pages\":"
                + quoted(plan.margins().pages().toString()) + ",\"unfinished\":"
                + quoted(plan.margins().unfinished().toString()) + ",\"clocks\":"
                + quoted(plan.margins().clocks().toString()) + "},\"rule\":" + json(plan.rule()) + ",\"bytes\":"
                + plan.bytes() + ",\"projects\":"
                + plan.projects().stream().map(PlanText::json).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static String json(ProjectPlan plan) {
        return "{\"project\":" + quoted(plan.project().hex()) + ",\"packs\":" + json(plan.packs()) + ",\"pages\":"
                + json(plan.pages()) + ",\"forwards\":" + json(plan.forwards()) + ",\"moved\":" + json(plan.moved())
                + ",\"repacked\":"
                + plan.repacked().stream().map(PlanText::json).collect(Collectors.joining(",", "[", "]"))
                + ",\"livePacks\":" + plan.livePacks() + ",\"youngFiles\":" + plan.youngFiles()
                + ",\"pinnedPacks\":" + plan.pinnedPacks()
                + (plan.skipped() == null ? "" : ",\"skipped\":" + quoted(plan.skipped())) + "}";
    }

    private static String json(List<Doomed> files) {
        return files.stream()
                .map(file -> "{\"blob\":" + quoted(file.blob()) + ",\"bytes\":" + file.bytes() + ",\"written\":"
                        + quoted(file.written().toString()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(RepackRule rule) {
        return "{\"jumpBytes\":" + rule.jumpBytes() + ",\"leastReadShare\":" + rule.leastReadShare() + ",\"leastGain\":"
                + rule.leastGain() + ",\"mostBytes\":" + rule.mostBytes() + "}";
    }

    private static String json(Repacked pack) {
        return "{\"blob\":" + quoted(pack.blob()) + ",\"bytes\":" + pack.bytes() + ",\"copied\":" + pack.copied()
                + ",\"freed\":" + pack.freed() + ",\"jumps\":" + pack.jumps() + "}";
    }

    static String json(SweepReport report) {
        return "{\"packs\":" + report.packs() + ",\"pages\":" + report.pages() + ",\"repacked\":"
                + report.repacked() + ",\"bytes\":" + report.bytes() + ",\"copied\":" + report.copied()
                + ",\"unfinished\":" + report.unfinished() + ",\"left\":"
                + report.left().stream().map(PlanText::quoted).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
