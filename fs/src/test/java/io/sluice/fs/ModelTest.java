package io.sluice.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes of a bucket and random calls on the file system, against a plain map: after each
 * step (or few) the whole tree has to be what the keys say. A failure prints its seed and the
 * shortest list of steps that still fails.
 */
class ModelTest {
  private static final int STEPS = 60;

  /** With a TTL, so that steps meet what is known and not true any more. */
  private static final int STEPS_BETWEEN_LOOKS = 3;

  /** Few, and each the beginning of another or trouble of its own, so that they meet often. */
  private static final List<String> NAMES =
      List.of(
          "a",
          "a",
          "b",
          "a-",
          "a-1",
          "a.",
          "a0",
          "é",
          "\uFFFD",
          "\uD83D\uDE00",
          "",
          ".",
          "..",
          "x".repeat(256));

  /** What is done between two looks at the tree. */
  private sealed interface Step {
    record Put(String key, String text) implements Step {}

    record Remove(String key) implements Step {}

    record Open(String key) implements Step {}

    record Stat(String path) implements Step {}

    record List(String directory) implements Step {}
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theTreeIsWhatTheKeysSay(long seed) {
    List<Step> steps = steps(new Random(seed));
    String failure = run(steps, seed);
    if (failure.isEmpty()) return;
    List<Step> fewest = shrink(steps, seed);
    throw new AssertionError("seed %d, steps %s:%n%s".formatted(seed, fewest, run(fewest, seed)));
  }

  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    List<String> keys = new ArrayList<>(List.of("a"));
    for (int i = 0; i < STEPS; i++) {
      String known = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          String key = key(random);
          keys.add(key);
          steps.add(new Step.Put(key, "text " + i));
        }
        case 4 -> steps.add(new Step.Put(known, "again " + i));
        case 5, 6 -> steps.add(new Step.Remove(known));
        case 7 -> steps.add(new Step.Open(known));
        case 8 -> steps.add(new Step.Stat(random.nextBoolean() ? known : key(random)));
        default -> steps.add(new Step.List(random.nextBoolean() ? "" : known));
      }
    }
    return steps;
  }

  private static String key(Random random) {
    List<String> parts = new ArrayList<>();
    int depth = 1 + random.nextInt(3);
    for (int i = 0; i < depth; i++) parts.add(NAMES.get(random.nextInt(NAMES.size())));
    String key = String.join("/", parts) + (random.nextInt(8) == 0 ? "/" : "");
    return key.isEmpty() ? "b" : key;
  }

  /** Removes whatever can go without the failure going, until nothing can. */
  private static List<Step> shrink(List<Step> steps, long seed) {
    List<Step> fewest = new ArrayList<>(steps);
    boolean shrunk = true;
    while (shrunk) {
      shrunk = false;
      for (int i = fewest.size() - 1; i >= 0; i--) {
        List<Step> fewer = new ArrayList<>(fewest);
        fewer.remove(i);
        if (run(fewer, seed).isEmpty()) continue;
        fewest = fewer;
        shrunk = true;
      }
    }
    return fewest;
  }

  /**
   * Empty where all went well. Half of the seeds know no TTL, half let it pass before each look.
   */
  private static String run(List<Step> steps, long seed) {
    Duration ttl = seed % 2 == 0 ? Duration.ZERO : Bucket.TTL;
    try (var bucket = new Bucket(Bucket.SETTINGS.withMetadataTtl(ttl))) {
      bucket.store.pageSize(1 + (int) (seed % 4));
      var model = new TreeMap<String, String>();
      Map<Long, String> opened = new HashMap<>();
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        take(step, bucket, model, opened);
        if (!ttl.isZero() && i % STEPS_BETWEEN_LOOKS != 0) continue;
        bucket.clock.advance(ttl);
        assertThat(bucket.tree()).as("after %s", step).isEqualTo(expected(model));
        for (var file : opened.entrySet())
          assertThat(contentOf(bucket, file.getKey())).isIn(file.getValue(), "ESTALE");
      }
      opened.keySet().forEach(bucket.fs::release);
      assertThat(bucket.opener.open()).as("files left open").isZero();
      assertThat(bucket.objects.openBodies()).as("bodies left open").isZero();
      return "";
    } catch (AssertionError | FsException | RuntimeException e) {
      return e.toString();
    }
  }

  private static void take(
      Step step, Bucket bucket, Map<String, String> model, Map<Long, String> opened)
      throws FsException {
    switch (step) {
      case Step.Put put -> {
        bucket.put(put.key(), put.text());
        model.put(put.key(), put.text());
      }
      case Step.Remove remove -> {
        bucket.objects.remove(remove.key());
        model.remove(remove.key());
      }
      case Step.Open open -> {
        if (!expected(model).containsKey(open.key())) return;
        try {
          long handle = bucket.open(open.key());
          opened.put(handle, model.get(open.key()));
          assertThat(contentOf(bucket, handle)).isEqualTo(model.get(open.key()));
        } catch (FsException e) {
          // What was looked up within the TTL may have been put or turned into a directory since.
          assertThat(e.errno()).isIn(Errno.ENOENT, Errno.EISDIR, Errno.ENOTDIR);
        }
      }
      case Step.Stat stat -> tryTo(() -> bucket.stat(stat.path()));
      case Step.List list -> tryTo(() -> bucket.ls(list.directory()));
    }
  }

  @FunctionalInterface
  private interface Call {
    void make() throws FsException;
  }

  /** Fills the caches with whatever is true now. */
  private static void tryTo(Call call) {
    try {
      call.make();
    } catch (FsException e) {
      assertThat(e.errno()).isIn(Errno.ENOENT, Errno.ENOTDIR, Errno.ENAMETOOLONG);
    }
  }

  private static String contentOf(Bucket bucket, long handle) {
    try {
      return bucket.read(handle, 0, 100);
    } catch (FsException e) {
      return e.errno().name();
    }
  }

  /** The rules of SEMANTICS.md in their shortest form. */
  private static Map<String, String> expected(Map<String, String> objects) {
    Map<String, String> tree = new TreeMap<>();
    objects.forEach(
        (key, text) -> {
          String path = "";
          String[] names = key.split("/", -1);
          for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.length() > 255)
              return;
            path += name;
            boolean isLast = i == names.length - 1;
            if (isLast) tree.put(path, text);
            else tree.put(path + "/", "");
            path += "/";
          }
        });
    tree.keySet().removeIf(path -> tree.containsKey(path + "/"));
    return tree;
  }
}
