package dev.holdfast.server.snapshot;

import java.util.List;

/** Some checkpoints of a list, latest first, and how many the whole list has. */
record CheckpointPage(List<Checkpoint> checkpoints, long total) {}
