package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.launcher.cli.TextTable;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of an object, as lines for people and as a document; pure.
 *
 * @param tags absent where the store has none, or does not tell
 */
record StatReport(ObjectAddress object, ObjectDetails details, Optional<Map<String, String>> tags) {
  /** The store's own headers, but for what is of the answer, and what is told already. */
  private static boolean isTold(String header) {
    return (header.startsWith("x-amz-") || header.startsWith("x-goog-"))
        && !header.startsWith("x-amz-meta-")
        && !header.startsWith("x-amz-checksum-")
        && !header.equals("x-amz-request-id")
        && !header.equals("x-amz-id-2")
        && !header.equals("x-amz-storage-class");
  }

  /** Checksums of checksums are not those of the bytes, so they are among the headers. */
  private Map<String, String> headers() {
    Map<String, String> told = new TreeMap<>();
    details
        .headers()
        .forEach(
            (name, value) -> {
              boolean isComposite =
                  name.startsWith("x-amz-checksum-")
                      && !details
                          .checksums()
                          .containsKey(name.substring("x-amz-checksum-".length()));
              if (isTold(name) || isComposite) told.put(name, value);
            });
    return told;
  }

  private static String name(ContentHeader header) {
    return header.header().toLowerCase(Locale.ROOT);
  }

  /** Name and value in two columns; nothing in a value can break out of its line. */
  List<String> lines() {
    ObjectAttributes attributes = details.attributes();
    List<List<String>> rows = new ArrayList<>();
    add(rows, "object", object.toString());
    long size = details.meta().size();
    add(rows, "size", size < 1024 ? size + " B" : size + " B (" + new ByteSize(size) + ")");
    add(rows, "modified", details.meta().lastModified().toString());
    add(rows, "version", details.meta().version().tag());
    attributes.storageClass().ifPresent(value -> add(rows, "storage-class", value));
    attributes.headers().forEach((header, value) -> add(rows, name(header), value));
    new TreeMap<>(details.checksums())
        .forEach((name, value) -> add(rows, "checksum " + name, value));
    attributes.metadata().forEach((name, value) -> add(rows, "metadata " + name, value));
    tags.ifPresent(all -> all.forEach((name, value) -> add(rows, "tag " + name, value)));
    headers().forEach((name, value) -> add(rows, name, value));
    return TextTable.lines(rows);
  }

  private static void add(List<List<String>> rows, String name, String value) {
    rows.add(List.of(ShownKey.of(name), ShownKey.of(value)));
  }

  /** The same with its parts apart; what is not known is left out. */
  Map<String, Object> json() {
    ObjectAttributes attributes = details.attributes();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("bucket", object.bucket().name());
    all.put("key", object.key());
    all.put("size", details.meta().size());
    all.put("lastModified", details.meta().lastModified().toString());
    all.put("version", details.meta().version().tag());
    attributes.storageClass().ifPresent(value -> all.put("storageClass", value));
    Map<String, String> contents = new LinkedHashMap<>();
    attributes.headers().forEach((header, value) -> contents.put(name(header), value));
    all.put("contentHeaders", contents);
    all.put("checksums", new TreeMap<>(details.checksums()));
    all.put("metadata", attributes.metadata());
    tags.ifPresent(value -> all.put("tags", value));
    all.put("headers", headers());
    return all;
  }
}
