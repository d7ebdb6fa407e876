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
            files += project.packs().size() + project.pages().size();
            text.append("project ").append(project.project()).append(": ");
            if (project.skipped() != null) {
                text.append("nothing may be swept, ").append(project.skipped()).append('\n');
                continue;
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%d packs and %d pages (%,d bytes) can go; %d packs are needed, %d are pinned by uploads, "
                            + "%d files are too young%n",
                    project.packs().size(),
                    project.pages().size(),
                    project.bytes(),
                    project.livePacks(),
                    project.pinnedPacks(),
                    project.youngFiles()));
        }
        return text.append(String.format(Locale.ROOT, "%d files, %,d bytes%n", files, plan.bytes()))
                .toString();
    }

    private static void line(StringBuilder text, Doomed doomed) {
        text.append(String.format(
                Locale.ROOT, "%s  %,d bytes, written %s%n", doomed.blob(), doomed.bytes(), doomed.written()));
    }

    static String json(SweepPlan plan) {
        return "{\"at\":" + quoted(plan.at().toString()) + ",\"margins\":{\"packs\":"
                + quoted(plan.margins().packs().toString()) + ",\"pages\":"
                + quoted(plan.margins().pages().toString()) + "},\"bytes\":" + plan.bytes() + ",\"projects\":"
                + plan.projects().stream().map(PlanText::json).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    private static String json(ProjectPlan plan) {
        return "{\"project\":" + quoted(plan.project().hex()) + ",\"packs\":" + json(plan.packs()) + ",\"pages\":"
                + json(plan.pages()) + ",\"livePacks\":" + plan.livePacks() + ",\"youngFiles\":" + plan.youngFiles()
                + ",\"pinnedPacks\":" + plan.pinnedPacks()
                + (plan.skipped() == null ? "" : ",\"skipped\":" + quoted(plan.skipped())) + "}";
    }

    private static String json(List<Doomed> files) {
        return files.stream()
                .map(file -> "{\"blob\":" + quoted(file.blob()) + ",\"bytes\":" + file.bytes() + ",\"written\":"
                        + quoted(file.written().toString()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    static String json(SweepReport report) {
        return "{\"packs\":" + report.packs() + ",\"pages\":" + report.pages() + ",\"bytes\":" + report.bytes()
                + ",\"left\":"
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
