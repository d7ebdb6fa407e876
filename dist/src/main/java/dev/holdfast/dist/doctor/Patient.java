package dev.holdfast.dist.doctor;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What is looked over.
 *
 * @param settings as serve would have them
 * @param settingsFile where they come from; null for the defaults
 */
public record Patient(
        DataDirectory directory, ServerConfig settings, Path settingsFile, Clock clock, SecureRandom random) {}
