package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private static final HttpConfig PLAIN = HttpConfig.plain("127.0.0.1", 0);

    private String listening;
    private InetAddress address;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            host.example.net      | http://host.example.net
            host.example.net:81   | http://host.example.net:81
            [::1]:81              | http://[::1]:81
            -                     | LISTEN
            a b                   | LISTEN
            a/b                   | LISTEN
            user@host             | LISTEN
            host:0                | LISTEN
            host:99999            | LISTEN
            host:x                | LISTEN
            host?x                | LISTEN
            [::1                  | LISTEN
            <script>              | LISTEN
            """)
    void linksBeginWithTheHostThatWasAskedUnlessItIsNone(String host, String url) throws Exception {
        String root = root(PLAIN, host, Map.of());
        assertThat(root).isEqualTo(url.equals("LISTEN") ? listening : url);
    }

    @Test
    void publicUrlGoesBeforeAll() throws Exception {
        assertThat(root(PLAIN.reachedAt("https://backup.example.net/"), "h", Map.of()))
                .isEqualTo("https://backup.example.net");
    }

    @Test
    void forwardedHeadersCountOnlyFromATrustedProxy() throws Exception {
        Map<String, String> forwarded = Map.of(
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "outside.example.net, inside",
                "X-Forwarded-For", "192.0.2.9, 198.51.100.7, 10.1.1.1");
        assertThat(root(PLAIN, "h", forwarded)).isEqualTo("http://h");
        assertThat(address).isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(root(trusting("127.0.0.0/8", "10.0.0.0/8"), "h", forwarded))
                .isEqualTo("https://outside.example.net");
        assertThat(address).isEqualTo(InetAddress.getByName("198.51.100.7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense              | 127.0.0.1
            198.51.100.7, nonsense| 127.0.0.1
            127.0.0.1             | 127.0.0.1
            example.com           | 127.0.0.1
            2001:db8::1           | 2001:db8::1
            """)
    void forwardedAddressThatIsNoneIsNotBelieved(String forwarded, String client) throws Exception {
        root(trusting("127.0.0.1"), "h", Map.of("X-Forwarded-For", forwarded));
        assertThat(address).isEqualTo(InetAddress.getByName(client));
    }

    @ParameterizedTest
    @CsvSource({"javascript, http", "'', http", "'https, http', https"})
    void forwardedProtocolIsHttpOrHttps(String proto, String scheme) throws Exception {
        assertThat(root(trusting("127.0.0.1"), "h", Map.of("X-Forwarded-Proto", proto)))
                .isEqualTo(scheme + "://h");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/9, 10.128.0.0, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:10.0.0.1, 10.0.0.1, true",
    })
    void blockHoldsTheAddressesThatShareItsBits(String block, String text, boolean holds) throws Exception {
        assertThat(ProxyBlock.parse(block).contains(InetAddress.getByName(text)))
                .isEqualTo(holds);
    }

    private static HttpConfig trusting(String... proxies) {
        return new HttpConfig(PLAIN.host(), 0, null, List.of(proxies), null, PLAIN.version(), 2, 8, PLAIN.limits());
    }

    private String root(HttpConfig config, String host, Map<String, String> headers) throws Exception {
        try (TestServer server = new TestServer(config);
                RawClient raw = server.raw()) {
            listening = server.runner.url();
            // only the old protocol may go without
            String protocol = host == null ? "HTTP/1.0" : "HTTP/1.1";
            StringBuilder request = new StringBuilder("GET " + TestServer.API + " " + protocol + "\r\n");
            request.append(host == null ? "" : "Host: " + host + "\r\n").append("Authorization: Test owner\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            RawClient.Response response =
                    raw.send(request.append("\r\n").toString()).read();
            address = server.gate.lastAddress;
            assertThat(response.status()).isEqualTo(200);
            return response.body().replaceAll("\\{\"root\":\"(.*)/api/public/v1.0\"}", "$1");
        }
    }
}
