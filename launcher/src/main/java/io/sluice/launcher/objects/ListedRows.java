package io.sluice.launcher.objects;

import io.sluice.launcher.cli.ByteSize;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.Json;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.store.ObjectMeta;
import io.sluice.store.ObjectStore;
import io.sluice.store.StoreException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A listing as it is printed: in columns for people, as a JSON object on each line for programs.
 * Columns do not know what comes later, so they have a width. For one thread.
 */
final class ListedRows {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final boolean isJson;
  private final boolean isHuman;
  private final boolean hasTags;
  private final PrintWriter out;
  private final Consumer<String> say;
  private final AtomicBoolean saidThatTagsAreLeft = new AtomicBoolean();
  private long count;
  private long bytes;

  /**
   * Rows of this form.
   *
   * @param say is told once where tags may not be read
   */
  ListedRows(
      boolean isJson, boolean isHuman, boolean hasTags, PrintWriter out, Consumer<String> say) {
    this.say = say;
    this.isJson = isJson;
    this.isHuman = isHuman;
    this.hasTags = hasTags;
    this.out = out;
  }

  /**
   * A page of it: objects and prefixes in the order of their names.
   *
   * @throws Failure where nobody reads any more
   */
  void print(ObjectStore store, List<ObjectMeta> objects, List<String> prefixes)
      throws StoreException, Failure, InterruptedException {
    List<Map<String, String>> tags = hasTags ? tags(store, objects) : List.of();
    int prefix = 0;
    for (int i = 0; i < objects.size(); i++) {
      ObjectMeta object = objects.get(i);
      while (prefix < prefixes.size() && prefixes.get(prefix).compareTo(object.key()) < 0)
        printPrefix(prefixes.get(prefix++));
      print(object, hasTags ? tags.get(i) : Map.of());
    }
    while (prefix < prefixes.size()) printPrefix(prefixes.get(prefix++));
    requireReader();
  }

  private void print(ObjectMeta object, Map<String, String> tags) {
    count++;
    bytes += object.size();
    if (isJson) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("key", object.key());
      row.put("size", object.size());
      row.put("lastModified", object.lastModified().toString());
      row.put("version", object.version().tag());
      if (hasTags) row.put("tags", tags);
      out.println(Json.line(row));
    } else {
      String key = ShownKey.of(object.key());
      String shown = tags.isEmpty() ? key : key + "  " + ShownKey.of(tags.toString());
      out.println(row(WHEN.format(object.lastModified()), size(object.size()), shown));
    }
  }

  private void printPrefix(String prefix) {
    if (isJson) out.println(Json.line(Map.of("prefix", prefix)));
    else out.println(row("", "-", ShownKey.of(prefix)));
  }

  private static String row(String when, String size, String key) {
    return String.format(Locale.ROOT, "%-19s %12s  %s", when, size, key);
  }

  private String size(long size) {
    return isHuman ? new ByteSize(size).toString() : Long.toString(size);
  }

  /** Of all objects that were printed. */
  void summarize() {
    if (isJson) {
      Map<String, Object> sum = new LinkedHashMap<>();
      sum.put("objects", count);
      sum.put("bytes", bytes);
      out.println(Json.line(sum));
    } else {
      out.println("%d objects, %s".formatted(count, isHuman ? size(bytes) : bytes + " bytes"));
    }
  }

  /** Nothing more comes. */
  void end() throws Failure {
    requireReader();
  }

  private void requireReader() throws Failure {
    if (out.checkError())
      throw new Failure(ExitCode.LOCAL, "standard output is closed: the listing ends here", null);
  }

  /** A page's at once: each is a round trip, and the store's bound holds for them as well. */
  private List<Map<String, String>> tags(ObjectStore store, List<ObjectMeta> objects)
      throws StoreException, InterruptedException {
    List<Future<Map<String, String>>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ObjectMeta object : objects) asked.add(threads.submit(() -> tags(store, object.key())));
      List<Map<String, String>> tags = new ArrayList<>();
      try {
        for (Future<Map<String, String>> answer : asked) tags.add(answer.get());
        return tags;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        if (e.getCause() instanceof StoreException reason) throw reason;
        throw new StoreException.Invalid("tags: " + e.getCause(), e);
      }
    }
  }

  /** None of an object that is gone meanwhile, or whose tags are not for us: the others are. */
  private Map<String, String> tags(ObjectStore store, String key) throws StoreException {
    try {
      return store.tags(key);
    } catch (StoreException.NotFound _) {
      return Map.of();
    } catch (StoreException.Denied e) {
      if (saidThatTagsAreLeft.compareAndSet(false, true))
        say.accept("not all tags may be read, and are shown as none: " + e.getMessage());
      return Map.of();
    }
  }
}
