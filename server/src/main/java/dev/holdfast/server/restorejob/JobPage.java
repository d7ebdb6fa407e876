package dev.holdfast.server.restorejob;

import java.util.List;

/** Some jobs of a list, newest first, and how many the whole list has. */
record JobPage(List<RestoreJob> jobs, long total) {}
