package dev.holdfast.dist.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What a server answers to a GET.
 *
 * @param date its clock, to the second; null if it does not say
 */
record Answer(int status, Instant date) {
    private static final int MILLIS = 5000;

    /** Trusts what Java trusts. */
    static Answer of(String url) throws IOException {
        return read((HttpURLConnection) URI.create(url).toURL().openConnection());
    }

    /** Trusts that one certificate, whatever name it is for; null for what Java trusts. */
    static Answer of(String url, X509Certificate only) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (only != null && connection instanceof HttpsURLConnection https) {
            https.setSSLSocketFactory(trusting(only).getSocketFactory());
            https.setHostnameVerifier((name, session) -> true); // it is known by the certificate itself
        }
        return read(connection);
    }

    private static Answer read(HttpURLConnection connection) throws IOException {
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            long date = connection.getDate();
            return new Answer(status, date == 0 ? null : Instant.ofEpochMilli(date));
        } finally {
            connection.disconnect();
        }
    }

    private static SSLContext trusting(X509Certificate only) throws IOException {
        X509TrustManager trust = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
                throw new CertificateException("no client is served here");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
                if (chain.length == 0 || !chain[0].equals(only)) {
                    throw new CertificateException("it shows another certificate than the one in the settings");
                }
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }
}
