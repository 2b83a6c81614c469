package io.sluice.store.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.Precondition;
import io.sluice.store.StoreException;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.WatchedPayload;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests about objects of one bucket, whose answers are values: what goes out, what may come
 * back, and what is an error (JSON API reference: objects.get, list, insert, rewrite, compose,
 * delete). For many threads at once.
 */
final class GcsBucket {
  private static final String OBJECT_FIELDS = "kind,name,generation,size,updated";

  /** As much as a rewrite does within one request where the bytes really have to move. */
  private static final long REWRITTEN_AT_ONCE = 256L << 20;

  private final GcsClients clients;
  private final String bucket;
  private final GcsErrors errors;
  private final GcsObjects objects;

  GcsBucket(GcsClients clients, String bucket, GcsErrors errors) {
    this.clients = clients;
    this.bucket = bucket;
    this.errors = errors;
    this.objects = new GcsObjects(errors);
  }

  private interface Sending<T> {
    T now() throws IOException;
  }

  private <T> T send(String operation, String key, Sending<T> sending) throws StoreException {
    try {
      return sending.now();
    } catch (IOException | RuntimeException e) {
      throw errors.translate(operation, key, e);
    }
  }

  private Storage.Objects requests() {
    return clients.values().objects();
  }

  /**
   * One object, all that there is about it, or only version, size and time.
   *
   * @throws StoreException.NotFound where there is none
   */
  StorageObject get(String operation, String key, boolean inFull) throws StoreException {
    requireKey(operation, key);
    return send(
        operation,
        key,
        () -> {
          Storage.Objects.Get get = requests().get(bucket, key);
          if (!inFull) get.setFields(OBJECT_FIELDS);
          return checked(operation, key, get.execute());
        });
  }

  private StorageObject checked(String operation, String key, @Nullable StorageObject object)
      throws StoreException {
    if (object == null || !"storage#object".equals(object.getKind()))
      throw objects.malformed(operation, key, "not an object");
    if (!key.equals(object.getName())) throw objects.malformed(operation, key, "another object");
    return object;
  }

  /**
   * One page.
   *
   * @param itemFields what to tell of each object
   */
  Objects list(String operation, ListRequest request, String itemFields) throws StoreException {
    return send(
        operation,
        request.prefix(),
        () -> {
          Storage.Objects.List list =
              requests()
                  .list(bucket)
                  .setMaxResults((long) request.maxKeys())
                  .setFields("kind,nextPageToken,prefixes,items(" + itemFields + ")");
          if (!request.prefix().isEmpty()) list.setPrefix(request.prefix());
          request.delimiter().ifPresent(list::setDelimiter);
          request.after().ifPresent(list::setPageToken);
          Objects page = list.execute();
          // Anything else that is JSON would be an empty directory.
          if (page == null || !"storage#objects".equals(page.getKind()))
            throw objects.malformed(operation, request.prefix(), "not a listing");
          return page;
        });
  }

  /** Writes an object in one request; the server checks what arrives by its CRC32C. */
  StorageObject insert(
      String operation, String key, Payload given, StorageObject description, Terms terms)
      throws StoreException {
    requireKey(operation, key);
    Optional<Long> generation = generation(operation, key, terms.precondition());
    var payload = new WatchedPayload(key, given);
    try {
      return send(
          operation,
          key,
          () -> {
            StorageObject described =
                description
                    .clone()
                    .setName(key)
                    .setCrc32c(StoredCrc32c.encoded(StoredCrc32c.of(payload)));
            var content =
                new UploadContent(
                    GsonFactory.getDefaultInstance().toString(described),
                    described.getContentType(),
                    payload);
            var url = new GenericUrl(clients.root() + "upload/storage/v1/b/" + bucket + "/o");
            url.set("uploadType", "multipart").set("fields", OBJECT_FIELDS + ",crc32c");
            generation.ifPresent(value -> url.set("ifGenerationMatch", value));
            terms.acl().ifPresent(acl -> url.set("predefinedAcl", acl));
            return checked(operation, key, sent(url, content));
          });
    } catch (StoreException e) {
      throw payload.reason(e);
    }
  }

  private StorageObject sent(GenericUrl url, UploadContent content) throws IOException {
    HttpRequest request = clients.values().getRequestFactory().buildPostRequest(url, content);
    request.setParser(new JsonObjectParser(GsonFactory.getDefaultInstance()));
    request.setThrowExceptionOnExecuteError(false);
    HttpResponse answer = request.execute();
    if (!answer.isSuccessStatusCode())
      throw GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), answer);
    return answer.parseAs(StorageObject.class);
  }

  /** Makes up to 32 objects one, in their order, each as it was when it was looked at. */
  StorageObject compose(
      String operation,
      List<ObjectVersion> sources,
      String key,
      StorageObject description,
      Terms terms)
      throws StoreException {
    Optional<Long> generation = generation(operation, key, terms.precondition());
    var request = new ComposeRequest().setDestination(description);
    request.setSourceObjects(sources.stream().map(GcsBucket::source).toList());
    return send(
        operation,
        key,
        () -> {
          Storage.Objects.Compose compose = requests().compose(bucket, key, request);
          generation.ifPresent(compose::setIfGenerationMatch);
          terms.acl().ifPresent(compose::setDestinationPredefinedAcl);
          compose.setDisableGZipContent(true);
          return checked(operation, key, compose.execute());
        });
  }

  private static ComposeRequest.SourceObjects source(ObjectVersion version) {
    return new ComposeRequest.SourceObjects()
        .setName(version.key())
        .setGeneration(Long.parseLong(version.tag()));
  }

  /**
   * Copies within the bucket, in as many requests as the server wants.
   *
   * @param description instead of the source's, where it is given
   */
  StorageObject copy(
      ObjectVersion from, String to, Optional<StorageObject> description, Terms terms)
      throws StoreException {
    requireKey("COPY", to);
    long source = generationOf("COPY", from.key(), from.tag());
    Optional<Long> target = generation("COPY", to, terms.precondition());
    return send(
        "COPY",
        from.key(),
        () -> {
          Optional<String> token = Optional.empty();
          while (true) {
            Storage.Objects.Rewrite rewrite =
                requests()
                    .rewrite(bucket, from.key(), bucket, to, description.orElse(null))
                    .setIfSourceGenerationMatch(source);
            target.ifPresent(rewrite::setIfGenerationMatch);
            terms.acl().ifPresent(rewrite::setDestinationPredefinedAcl);
            token.ifPresent(rewrite::setRewriteToken);
            // Only where bytes have to move, to another class or under another key.
            rewrite.setMaxBytesRewrittenPerCall(REWRITTEN_AT_ONCE);
            rewrite.setDisableGZipContent(true);
            RewriteResponse answer = rewrite.execute();
            if (answer.getDone() == null) throw objects.malformed("COPY", to, "not a copy");
            if (answer.getDone()) return checked("COPY", to, answer.getResource());
            if (answer.getRewriteToken() == null)
              throw objects.malformed("COPY", to, "not done, and no token to go on");
            token = Optional.of(answer.getRewriteToken());
          }
        });
  }

  /** Nothing to do where there is none. */
  void delete(String operation, String key) throws StoreException {
    requireKey(operation, key);
    try {
      requests().delete(bucket, key).execute();
    } catch (HttpResponseException e) {
      if (e.getStatusCode() != 404 || errors.saysThatTheBucketIsMissing(e))
        throw errors.translate(operation, key, e);
    } catch (IOException | RuntimeException e) {
      throw errors.translate(operation, key, e);
    }
  }

  /** Also where the bucket keeps old versions; nothing to do where there is none. */
  void deleteForGood(String operation, StorageObject object) throws StoreException {
    try {
      send(
          operation,
          object.getName(),
          () ->
              requests()
                  .delete(bucket, object.getName())
                  .setGeneration(object.getGeneration())
                  .execute());
    } catch (StoreException.NotFound e) {
      if (String.valueOf(e.getMessage()).startsWith("no bucket")) throw e;
    }
  }

  private Optional<Long> generation(String operation, String key, Precondition precondition)
      throws StoreException {
    return switch (precondition) {
      case Precondition.None _ -> Optional.empty();
      case Precondition.Absent _ -> Optional.of(0L);
      case Precondition.Unchanged(String tag) -> Optional.of(generationOf(operation, key, tag));
    };
  }

  long generationOf(String operation, String key, String tag) throws StoreException {
    try {
      return Long.parseLong(tag);
    } catch (NumberFormatException e) {
      throw new StoreException.Invalid(
          errors.subject(operation, key) + ": not a generation: " + tag, e);
    }
  }

  void requireKey(String operation, String key) throws StoreException {
    if (key.isEmpty())
      throw new StoreException.Invalid(
          errors.subject(operation, key) + ": a key is not empty", null);
  }
}
