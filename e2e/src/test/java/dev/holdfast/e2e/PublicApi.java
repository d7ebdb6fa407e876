package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The public API through real curl, as operators' scripts call it. */
final class PublicApi {
    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;
    private final Map<String, String> env;

    PublicApi(Path folder, Map<String, String> env) {
        this.folder = folder;
        this.env = env;
    }

    String groupPath() {
        return "/groups/" + env.get("GROUP_ID");
    }

    String jobPath() {
        return groupPath() + "/hosts/" + env.get("HOST_ID") + "/restoreJobs/" + env.get("JOB_ID");
    }

    /** A GET that must answer 200. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(curl("--fail", url(path)).out());
    }

    /** A GET of our own API that must answer 200. */
    JsonNode own(String path) throws IOException, InterruptedException {
        return json.readTree(
                curl("--fail", env.get("BASE_URL") + "/api/holdfast/v1" + path).out());
    }

    /** A POST; the answer whatever its status. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return json.readTree(curl("--header", "Content-Type: application/json", "--data", body, url(path))
                .out());
    }

    /** A PATCH; the answer whatever its status. */
    JsonNode patch(String path, String body) throws IOException, InterruptedException {
        return json.readTree(
                curl("--request", "PATCH", "--header", "Content-Type: application/json", "--data", body, url(path))
                        .out());
    }

    /** Downloads with {@code curl -O}; the file bears the URL's last segment. */
    Path download(String url) throws IOException, InterruptedException {
        Path file = folder.resolve(url.substring(url.lastIndexOf('/') + 1));
        Command.ok(folder, "curl", "-fsSL", "-o", file.toString(), url);
        return file;
    }

    private String url(String path) {
        return env.get("BASE_URL") + "/api/public/v1.0" + path;
    }

    private Command curl(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(
                List.of("curl", "-sS", "--user", env.get("PUBLIC_KEY") + ":" + env.get("PRIVATE_KEY"), "--digest"));
        all.addAll(List.of(words));
        Command done = Command.run(folder, all);
        assertThat(done.exit()).as("%s%n%s", done.out(), done.err()).isZero();
        return done;
    }
}
