package dev.holdfast.dist.command;

import dev.holdfast.dist.console.BuildVersion;
import dev.holdfast.server.http.HttpConfig;

/** The build's version as the server's answers say it. */
final class ServedVersion {
    private ServedVersion() {}

    static HttpConfig.Version get() {
        BuildVersion build = new BuildVersion();
        return new HttpConfig.Version(build.gitHash(), build.version());
    }
}
