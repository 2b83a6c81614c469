package io.sluice.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.auth.ServiceAccountSigner;
import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Presign;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of Google Cloud Storage, over its JSON API. A version is a generation. Requests are not
 * repeated here: {@link io.sluice.store.ResumingStore} does that, for requests and bodies alike.
 */
public final class GcsStore implements ObjectStore {
  private static final String LISTED_FIELDS = "name,generation,size,updated";

  /** As much as one request may carry, at every store. */
  private static final long LARGEST_PUT = 5L << 30;

  private final GcsClients clients;
  private final String name;
  private final GcsErrors errors;
  private final GcsObjects objects;
  private final GcsBucket bucket;

  private GcsStore(GcsClients clients, GcsSettings settings) {
    this.clients = clients;
    this.name = settings.bucket();
    this.errors = new GcsErrors(name);
    this.objects = new GcsObjects(errors);
    this.bucket = new GcsBucket(clients, name, errors);
  }

  /**
   * Makes a client; asks nobody but, where nothing else says who we are, the machine.
   *
   * @throws StoreException.Denied where there are no credentials, or they cannot be read
   */
  public static GcsStore open(GcsSettings settings) throws StoreException {
    return new GcsStore(GcsClients.make(settings), settings);
  }

  @Override
  public ObjectMeta head(String key) throws StoreException {
    return objects.meta("HEAD", bucket.get("HEAD", key, false));
  }

  @Override
  public ObjectDetails describe(String key) throws StoreException {
    return objects.details("HEAD", bucket.get("HEAD", key, true));
  }

  /** They are not told. */
  @Override
  public List<Long> partSizes(ObjectVersion version) {
    return List.of();
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    Objects page = bucket.list("LIST", request, LISTED_FIELDS);
    var listed = new ArrayList<ObjectMeta>();
    for (StorageObject object : given(page.getItems())) {
      ObjectMeta meta = objects.meta("LIST", object);
      if (UploadNames.isShown(request, meta.key())) listed.add(meta);
    }
    List<String> prefixes =
        given(page.getPrefixes()).stream()
            .filter(prefix -> UploadNames.isShown(request, prefix))
            .toList();
    return new ListPage(listed, prefixes, Optional.ofNullable(page.getNextPageToken()));
  }

  private static <T> List<T> given(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  @Override
  public InputStream open(ObjectVersion version, ByteRange range) throws StoreException {
    String key = version.key();
    String operation = "GET " + range + " of";
    if (range.end() > version.size())
      throw new StoreException.RangeNotSatisfiable(
          "%s, which has %d bytes".formatted(errors.subject(operation, key), version.size()), null);
    if (range.isEmpty()) return InputStream.nullInputStream();
    bucket.requireKey(operation, key);
    HttpResponse answer;
    try {
      Storage.Objects.Get get =
          clients
              .bodies()
              .objects()
              .get(name, key)
              .setIfGenerationMatch(bucket.generationOf(operation, key, version.tag()));
      // As it is stored: the server decompresses for whoever does not accept gzip, the SDK after
      // it.
      get.setReturnRawInputStream(true);
      get.getRequestHeaders()
          .setAcceptEncoding("gzip")
          .setRange("bytes=" + range.start() + "-" + (range.end() - 1));
      answer = get.executeMedia();
    } catch (HttpResponseException e) {
      // Beyond the end of another version, where a server looks at the range before the condition.
      if (e.getStatusCode() == 416) MediaAnswer.checkGeneration(e.getHeaders(), version, errors);
      throw errors.translate(operation, key, e);
    } catch (IOException | RuntimeException e) {
      throw errors.translate(operation, key, e);
    }
    try {
      var media = new MediaAnswer(answer.getStatusCode(), answer.getHeaders());
      media.check(version, range, errors);
      Optional<Integer> crc = range.equals(version.all()) ? media.crc32c() : Optional.empty();
      return new GcsBody(answer.getContent(), errors, key, range, crc);
    } catch (IOException | RuntimeException e) {
      StoreException reason = errors.translate(operation, key, e);
      giveUp(answer, reason);
      throw reason;
    }
  }

  private static void giveUp(HttpResponse answer, StoreException reason) {
    try {
      answer.disconnect();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    clients.close();
  }

  @Override
  public ObjectVersion put(String key, Payload body, PutOptions options) throws StoreException {
    requireNoTags(key, options.attributes());
    if (body.length() > LARGEST_PUT)
      throw new StoreException.TooLarge(
          "%s: %d bytes: send more than 5 GiB in parts"
              .formatted(errors.subject("PUT", key), body.length()),
          null);
    StorageObject described = GcsObjects.described(options.attributes());
    return objects
        .meta("PUT", bucket.insert("PUT", key, body, described, Terms.of(options)))
        .version();
  }

  @Override
  public ObjectVersion copy(ObjectVersion from, String to, PutOptions options)
      throws StoreException {
    requireNoTags(to, options.attributes());
    Optional<StorageObject> described =
        options.attributes().isEmpty()
            ? Optional.empty()
            : Optional.of(GcsObjects.described(options.attributes()));
    return objects.meta("COPY", bucket.copy(from, to, described, Terms.of(options))).version();
  }

  @Override
  public void delete(String key) throws StoreException {
    bucket.delete("DELETE", key);
  }

  static void requireNoTags(String key, ObjectAttributes attributes) throws StoreException {
    if (!attributes.tags().isEmpty()) throw noTags(key);
  }

  private static StoreException noTags(String key) {
    return new StoreException.Unsupported(
        "Cloud Storage has no tags: use metadata instead: " + key, null);
  }

  @Override
  public Map<String, String> tags(String key) throws StoreException {
    throw noTags(key);
  }

  @Override
  public void setTags(String key, Map<String, String> tags) throws StoreException {
    throw noTags(key);
  }

  @Override
  public URI presign(Presign request) throws StoreException {
    Optional<ServiceAccountSigner> signer = clients.signer();
    if (signer.isEmpty())
      throw new StoreException.Unsupported(
          "these credentials cannot sign URLs: use the key file of a service account"
              + " (GOOGLE_APPLICATION_CREDENTIALS): "
              + errors.subject("presign", request.key()),
          null);
    return new SignedUrl(signer.get(), URI.create(clients.root()), name).of(request, Instant.now());
  }

  @Override
  public MultipartUploads uploads() {
    return new GcsUploads(bucket, errors);
  }
}
