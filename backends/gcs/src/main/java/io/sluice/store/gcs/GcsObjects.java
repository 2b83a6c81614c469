package io.sluice.store.gcs;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectVersion;
import io.sluice.store.StoreException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects as Cloud Storage describes them, and as we do. */
final class GcsObjects {
  /** Which upload made an object: the answer to a completion may be lost. Nobody's metadata. */
  static final String MADE_BY = "sluice-upload";

  private static final String USUAL_TYPE = "application/octet-stream";

  private final GcsErrors errors;

  GcsObjects(GcsErrors errors) {
    this.errors = errors;
  }

  ObjectMeta meta(String operation, StorageObject object) throws StoreException {
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

  StoreException malformed(String operation, String key, String what) {
    return new StoreException.Invalid(
        errors.subject(operation, key) + ": not an answer of Cloud Storage: " + what, null);
  }

  /**
   * All of it. Metadata that others wrote and that cannot be attributes of ours (names or values
   * beyond ASCII) is among the headers.
   */
  ObjectDetails details(String operation, StorageObject object) throws StoreException {
    var checksums = new HashMap<String, String>();
    putGiven(checksums, "crc32c", object.getCrc32c());
    putGiven(checksums, "md5", object.getMd5Hash());
    var headers = new LinkedHashMap<String, String>();
    putGiven(headers, "x-goog-metageneration", object.getMetageneration());
    putGiven(headers, "x-goog-component-count", object.getComponentCount());
    putGiven(headers, "x-goog-encryption-kms-key-name", object.getKmsKeyName());
    putGiven(headers, "x-goog-custom-time", object.getCustomTime());
    putGiven(headers, "x-goog-temporary-hold", object.getTemporaryHold());
    putGiven(headers, "x-goog-event-based-hold", object.getEventBasedHold());
    putGiven(headers, "x-goog-retention-expiration", object.getRetentionExpirationTime());
    return new ObjectDetails(
        meta(operation, object), attributes(object, headers), checksums, headers);
  }

  private static void putGiven(Map<String, String> map, String name, @Nullable Object value) {
    if (value != null) map.put(name, value.toString());
  }

  /** Without what no attribute can be. */
  static ObjectAttributes attributes(StorageObject object) {
    return attributes(object, new HashMap<>());
  }

  private static ObjectAttributes attributes(StorageObject object, Map<String, String> others) {
    var headers = new LinkedHashMap<ContentHeader, String>();
    for (ContentHeader header : ContentHeader.values())
      header(object, header).ifPresent(value -> headers.put(header, value));
    var attributes =
        new ObjectAttributes(
            headers,
            Map.of(),
            Map.of(),
            Optional.ofNullable(object.getStorageClass()),
            Optional.empty());
    if (object.getMetadata() == null) return attributes;
    for (Map.Entry<String, String> entry : object.getMetadata().entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      try {
        if (name.equals(MADE_BY)) throw new IllegalArgumentException("nobody's metadata");
        attributes = attributes.withMetadata(name, entry.getValue());
      } catch (IllegalArgumentException e) {
        others.put("x-goog-meta-" + name, entry.getValue());
      }
    }
    return attributes;
  }

  private static Optional<String> header(StorageObject object, ContentHeader header) {
    return Optional.ofNullable(
        switch (header) {
          case CONTENT_TYPE -> object.getContentType();
          case CONTENT_ENCODING -> object.getContentEncoding();
          case CONTENT_LANGUAGE -> object.getContentLanguage();
          case CONTENT_DISPOSITION -> object.getContentDisposition();
          case CACHE_CONTROL -> object.getCacheControl();
        });
  }

  /** What is to be kept with an object that is written. */
  static StorageObject described(ObjectAttributes attributes) {
    var object = new StorageObject().setContentType(USUAL_TYPE);
    attributes
        .headers()
        .forEach(
            (header, value) -> {
              switch (header) {
                case CONTENT_TYPE -> object.setContentType(value);
                case CONTENT_ENCODING -> object.setContentEncoding(value);
                case CONTENT_LANGUAGE -> object.setContentLanguage(value);
                case CONTENT_DISPOSITION -> object.setContentDisposition(value);
                case CACHE_CONTROL -> object.setCacheControl(value);
              }
            });
    if (!attributes.metadata().isEmpty())
      object.setMetadata(new LinkedHashMap<>(attributes.metadata()));
    attributes.storageClass().ifPresent(object::setStorageClass);
    return object;
  }
}
