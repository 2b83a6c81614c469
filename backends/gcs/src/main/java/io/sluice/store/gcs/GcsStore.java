package io.sluice.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.util.DateTime;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ByteRange;
import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.ReadOnlyStore;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of Google Cloud Storage, over its JSON API (reference: objects.get, objects.list). A
 * version is a generation. Requests are not repeated here: {@link io.sluice.store.ResumingStore}
 * does that, for requests and bodies alike.
 */
public final class GcsStore extends ReadOnlyStore {
  private static final String OBJECT_FIELDS = "kind,name,generation,size,updated";
  private static final String LIST_FIELDS =
      "kind,nextPageToken,prefixes,items(name,generation,size,updated)";

  private final GcsClients clients;
  private final String bucket;
  private final GcsErrors errors;

  private GcsStore(GcsClients clients, GcsSettings settings) {
    this.clients = clients;
    this.bucket = settings.bucket();
    this.errors = new GcsErrors(bucket);
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
    requireKey("HEAD", key);
    try {
      StorageObject object =
          clients.values().objects().get(bucket, key).setFields(OBJECT_FIELDS).execute();
      if (object == null || !"storage#object".equals(object.getKind()))
        throw malformed("HEAD", key, "not an object");
      if (!key.equals(object.getName())) throw malformed("HEAD", key, "another object");
      return meta("HEAD", object);
    } catch (IOException | RuntimeException e) {
      throw errors.translate("HEAD", key, e);
    }
  }

  @Override
  public ListPage list(ListRequest request) throws StoreException {
    try {
      Storage.Objects.List list =
          clients
              .values()
              .objects()
              .list(bucket)
              .setMaxResults((long) request.maxKeys())
              .setFields(LIST_FIELDS);
      if (!request.prefix().isEmpty()) list.setPrefix(request.prefix());
      request.delimiter().ifPresent(list::setDelimiter);
      request.after().ifPresent(list::setPageToken);
      Objects page = list.execute();
      // Anything else that is JSON would be an empty directory.
      if (page == null || !"storage#objects".equals(page.getKind()))
        throw malformed("LIST", request.prefix(), "not a listing");
      var objects = new ArrayList<ObjectMeta>();
      for (StorageObject object : given(page.getItems())) objects.add(meta("LIST", object));
      return new ListPage(
          objects, given(page.getPrefixes()), Optional.ofNullable(page.getNextPageToken()));
    } catch (IOException | RuntimeException e) {
      throw errors.translate("LIST", request.prefix(), e);
    }
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
    requireKey(operation, key);
    HttpResponse answer;
    try {
      Storage.Objects.Get get =
          clients.bodies().objects().get(bucket, key).setIfGenerationMatch(generation(version));
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

  private long generation(ObjectVersion version) throws StoreException {
    try {
      return Long.parseLong(version.tag());
    } catch (NumberFormatException e) {
      throw new StoreException.Invalid(
          "not a generation of gs://%s/%s: %s".formatted(bucket, version.key(), version.tag()), e);
    }
  }

  private ObjectMeta meta(String operation, StorageObject object) throws StoreException {
    String key = object.getName();
    if (key == null) throw malformed(operation, "", "an object without a name");
    BigInteger size = object.getSize();
    if (size == null || size.signum() < 0 || size.bitLength() > 62)
      throw malformed(operation, key, "no size");
    if (object.getGeneration() == null) throw malformed(operation, key, "no generation");
    DateTime updated = object.getUpdated();
    if (updated == null) throw malformed(operation, key, "no time");
    return new ObjectMeta(
        new ObjectVersion(key, Long.toString(object.getGeneration()), size.longValue()),
        Instant.ofEpochMilli(updated.getValue()));
  }

  private void requireKey(String operation, String key) throws StoreException {
    if (key.isEmpty())
      throw new StoreException.Invalid(
          errors.subject(operation, key) + ": a key is not empty", null);
  }

  private StoreException malformed(String operation, String key, String what) {
    return new StoreException.Invalid(
        errors.subject(operation, key) + ": not an answer of Cloud Storage: " + what, null);
  }
}
