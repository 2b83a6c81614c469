package io.sluice.store.gcs;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;

/**
 * The SDK's clients, made from our settings: one whose answers are values, one whose answers are
 * bodies, over the same connections and as the same caller.
 */
final class GcsClients implements AutoCloseable {
  private static final String GOOGLE = "https://storage.googleapis.com/";

  /** Objects, and nothing of the buckets themselves. */
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/devstorage.read_write");

  private final CloseableHttpClient connections;
  private final ScheduledExecutorService clock;
  private final Optional<ServiceAccountSigner> signer;
  private final Storage values;
  private final Storage bodies;

  private GcsClients(
      CloseableHttpClient connections,
      ScheduledExecutorService clock,
      Optional<ServiceAccountSigner> signer,
      Storage values,
      Storage bodies) {
    this.connections = connections;
    this.clock = clock;
    this.signer = signer;
    this.values = values;
    this.bodies = bodies;
  }

  static GcsClients make(GcsSettings settings) throws StoreException {
    var connections = pool(settings);
    ScheduledExecutorService clock = clock();
    GcsSettings.Patience patience = settings.transport().patience();
    var forValues =
        new PooledTransport(connections, clock, patience, PooledTransport.Returns.WITH_THE_ANSWER);
    var forBodies =
        new PooledTransport(connections, clock, patience, PooledTransport.Returns.BEFORE_THE_BODY);
    boolean made = false;
    try {
      Optional<GoogleCredentials> who = credentials(settings.access(), () -> forValues);
      var requests =
          new GcsRequests(who.map(HttpCredentialsAdapter::new), settings.access().billingProject());
      String root = settings.endpoint().map(GcsClients::root).orElse(GOOGLE);
      var clients =
          new GcsClients(
              connections,
              clock,
              who.flatMap(GcsClients::signer),
              client(forValues, requests, root),
              client(forBodies, requests, root));
      made = true;
      return clients;
    } finally {
      if (!made) {
        clock.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
      }
    }
  }

  private static CloseableHttpClient pool(GcsSettings settings) throws StoreException {
    try {
      return HttpConnections.pool(settings.transport());
    } catch (IllegalArgumentException e) {
      throw new StoreException.Invalid(
          "gs://" + settings.bucket() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static ScheduledExecutorService clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("gcs-deadlines").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private static Storage client(
      PooledTransport transport, HttpRequestInitializer requests, String root) {
    return new Storage.Builder(transport, GsonFactory.getDefaultInstance(), requests)
        .setRootUrl(root)
        .setApplicationName("sluice")
        .build();
  }

  private static String root(URI endpoint) {
    String url = endpoint.toString();
    return url.endsWith("/") ? url : url + "/";
  }

  private static Optional<GoogleCredentials> credentials(
      GcsSettings.Access access, HttpTransportFactory transport) throws StoreException {
    if (access.anonymous()) return Optional.empty();
    GoogleCredentials found =
        access.credentials().isPresent()
            ? read(access.credentials().get(), transport)
            : applicationDefault(transport);
    if (found.createScopedRequired()) found = found.createScoped(SCOPES);
    return Optional.of(found.createWithCustomRetryStrategy(false));
  }

  /** Only a key that is here signs without asking anybody. */
  private static Optional<ServiceAccountSigner> signer(GoogleCredentials credentials) {
    return credentials instanceof ServiceAccountCredentials account
        ? Optional.of(account)
        : Optional.empty();
  }

  private static GoogleCredentials applicationDefault(HttpTransportFactory transport)
      throws StoreException {
    try {
      return GoogleCredentials.getApplicationDefault(transport);
    } catch (IOException e) {
      String said = String.valueOf(e.getMessage());
      throw new StoreException.Denied(
          said.contains("default credentials were not found")
              ? "no credentials found: run gcloud auth application-default login, or set"
                  + " GOOGLE_APPLICATION_CREDENTIALS, or --no-sign-request for a public bucket"
              : "credentials cannot be used: " + said,
          e);
    }
  }

  private static GoogleCredentials read(Path file, HttpTransportFactory transport)
      throws StoreException {
    try (InputStream json = Files.newInputStream(file)) {
      return GoogleCredentials.fromStream(json, transport);
    } catch (IOException | RuntimeException e) {
      // Its content is secret, and messages of parsers quote it.
      throw new StoreException.Denied(
          "credentials cannot be read from %s (%s): give a file that gcloud or the Cloud Console made"
              .formatted(file, e.getClass().getSimpleName()),
          null);
    }
  }

  /** Answers are values: objects, pages, errors. */
  Storage values() {
    return values;
  }

  /** Answers are bodies, still on their connections. */
  Storage bodies() {
    return bodies;
  }

  /** The URL of the server, with a slash at its end. */
  String root() {
    return values.getRootUrl();
  }

  /** Who can sign what we may do; absent where we only have tokens. */
  Optional<ServiceAccountSigner> signer() {
    return signer;
  }

  @Override
  public void close() {
    connections.close(CloseMode.IMMEDIATE);
    clock.shutdownNow();
  }
}
