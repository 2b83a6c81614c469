package io.sluice.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate only a PEM file vouches for. */
@Timeout(60)
final class AuthoritiesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] LISTING =
      ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>"
              + "<IsTruncated>false</IsTruncated></ListBucketResult>")
          .getBytes(UTF_8);

  @TempDir static Path directory;
  private static Path pem = Path.of("");
  private static Optional<HttpsServer> server = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    Path keys = directory.resolve("keys.p12");
    pem = directory.resolve("ca.pem");
    keytool(
        "-genkeypair -alias k -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1 -keystore",
        keys);
    keytool("-exportcert -rfc -alias k -file " + pem + " -keystore", keys);
    var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    https.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    https.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/xml");
          exchange.sendResponseHeaders(200, LISTING.length);
          exchange.getResponseBody().write(LISTING);
          exchange.close();
        });
    https.start();
    server = Optional.of(https);
  }

  @AfterAll
  static void stop() {
    server.ifPresent(https -> https.stop(0));
  }

  private static void keytool(String arguments, Path keys) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of(keys.toString(), "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static SSLContext context(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void list(Optional<Path> bundle) throws StoreException {
    URI url = URI.create("https://127.0.0.1:" + server.orElseThrow().getAddress().getPort());
    var patience = new S3Settings.Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));
    var settings =
        new S3Settings(
            "bucket",
            new S3Settings.Endpoint(Optional.of(url), Optional.empty(), true),
            new S3Settings.Access(Optional.empty(), true, false),
            new S3Settings.Transport(1, patience, Optional.empty(), bundle, "sluice"),
            Encryption.OF_BUCKET);
    try (S3Store store = S3Store.open(settings)) {
      assertThat(store.list(ListRequest.directory("")).objects()).isEmpty();
    }
  }

  @Test
  void isTrustedWithTheFile() throws Exception {
    list(Optional.of(pem));
  }

  @Test
  void isNotTrustedWithoutItAndTheWayOutIsTold() {
    assertThatThrownBy(() -> list(Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("TLS")
        .hasMessageContaining("--ca-bundle");
  }

  @Test
  void javasOwnAuthoritiesStayTrusted() {
    var manager = (X509TrustManager) Authorities.with(pem)[0];
    assertThat(manager.getAcceptedIssuers()).hasSizeGreaterThan(50);
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
    for (Path bundle : List.of(empty, text, directory.resolve("missing.pem")))
      assertThatThrownBy(() -> list(Optional.of(bundle)))
          .isInstanceOf(StoreException.Invalid.class)
          .hasMessageContaining(bundle.toString());
  }
}
