package dev.holdfast.dist.doctor;

import dev.holdfast.server.http.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Whether the server answers where it listens, and where its clients look for it. */
final class ReachabilityCheck implements Check {
    private static final String ABOUT = "reachability";
    private static final int MILLIS = 3000;

    @Override
    public List<Finding> look(Patient patient) {
        List<Finding> found = new ArrayList<>();
        HttpConfig http = patient.settings().http();
        boolean served = patient.directory().isServed();
        if (served && http.port() != 0) {
            listening(patient, found);
        } else if (served) {
            found.add(Finding.ok(ABOUT, "a server runs; it took a free port, which the settings do not tell"));
        } else {
            found.add(Finding.warn(
                    ABOUT,
                    "no server serves " + patient.directory().root() + " now",
                    "start it: holdfast serve --data " + patient.directory().root()
                            + ", or systemctl start holdfast."));
            occupied(http, found);
        }
        if (http.publicUrl() != null) {
            publicUrl(patient, served, found);
        }
        return found;
    }

    /** Where the server itself is asked: an address that stands for all is asked on this machine. */
    static String ownUrl(HttpConfig http) {
        return (http.tls() == null ? "http://" : "https://") + bracketed(reachable(http.host())) + ":" + http.port();
    }

    /** The certificate that it must show; null if it speaks plain http. */
    static X509Certificate ownCertificate(HttpConfig http) {
        if (http.tls() == null) {
            return null;
        }
        try {
            List<X509Certificate> chain = CertificateFiles.read(http.tls().certificate());
            return chain.isEmpty() ? null : chain.get(0);
        } catch (IOException | CertificateException e) {
            return null; // the certificate's own check tells
        }
    }

    private static void listening(Patient patient, List<Finding> found) {
        HttpConfig http = patient.settings().http();
        String url = ownUrl(http);
        try {
            Answer health = Answer.of(url + "/healthz", ownCertificate(http));
            Answer ready = Answer.of(url + "/readyz", ownCertificate(http));
            if (health.status() != 200) {
                found.add(Finding.fail(
                        ABOUT,
                        url + "/healthz answers " + health.status(),
                        "the server's log says why; see database."));
            } else if (ready.status() != 200) {
                found.add(Finding.warn(
                        ABOUT,
                        url + " answers, but /readyz says " + ready.status() + ": it should not be sent requests now",
                        "curl " + url + "/readyz names what is not ready."));
            } else {
                found.add(Finding.ok(ABOUT, url + " answers and is ready"));
            }
        } catch (IOException e) {
            found.add(Finding.fail(
                    ABOUT,
                    "a server runs, but " + url + " does not answer: " + e.getMessage(),
                    "are these the settings that it was started with (--config, --listen)? After a change of settings or"
                            + " certificate it must be started again."));
        }
    }

    /** What a start would meet. */
    private static void occupied(HttpConfig http, List<Finding> found) {
        if (http.port() == 0) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(reachable(http.host()), http.port()), MILLIS);
            found.add(Finding.fail(
                    ABOUT,
                    "another program listens on " + http.host() + ":" + http.port(),
                    "end it (ss -ltnp shows which it is), or set listen to another port."));
        } catch (IOException e) {
            found.add(Finding.ok(ABOUT, "nothing else listens on " + http.host() + ":" + http.port()));
        }
    }

    private static void publicUrl(Patient patient, boolean served, List<Finding> found) {
        HttpConfig http = patient.settings().http();
        String url = http.publicUrl() + "/healthz";
        try {
            Answer answer = Answer.of(url);
            found.add(
                    answer.status() == 200
                            ? Finding.ok(ABOUT, url + " answers")
                            : Finding.fail(
                                    ABOUT, url + " answers " + answer.status(), "does the proxy lead to this server?"));
        } catch (SSLException e) {
            untrusted(url, ownCertificate(http), e, found);
        } catch (IOException e) {
            found.add(
                    new Finding(
                            ABOUT,
                            served ? Level.FAIL : Level.WARN,
                            url + " cannot be reached from here: " + e.getMessage(),
                            "links begin with it. Is the name right, does it lead here, and is the port open in the firewall?"));
        }
    }

    private static void untrusted(String url, X509Certificate own, SSLException why, List<Finding> found) {
        try {
            if (own != null && Answer.of(url, own).status() == 200) {
                found.add(Finding.warn(
                        ABOUT,
                        url + " answers with the right certificate, but of an authority that is not known here",
                        "clients need it too: HOLDFAST_CA=FILE, curl --cacert FILE; or use a public authority's."));
                return;
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        found.add(Finding.of(
                ABOUT,
                Level.FAIL,
                new IOException(url + " shows a certificate that is not to be trusted: " + why.getMessage(), why),
                "which certificate does the proxy have? openssl s_client -connect HOST:PORT shows it."));
    }

    private static String reachable(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress()
                    ? InetAddress.getLoopbackAddress().getHostAddress()
                    : host;
        } catch (IOException e) {
            return host; // the connection says it
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
