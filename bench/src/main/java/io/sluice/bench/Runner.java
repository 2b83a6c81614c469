package io.sluice.bench;

import io.sluice.bench.Scenario.State;
import io.sluice.bench.Scenario.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs one scenario at a time: brings the bytes to where the scenario wants them, and measures. */
final class Runner {
  private static final long CACHE = 256L << 20;
  // The file is several times as large, whatever its size.
  private static final int TIMES_LARGER = 8;

  private final Measuring measuring;
  private final View.Source mounts;
  private final Small small;

  Runner(Measuring measuring, View.Source mounts, Small small) {
    this.measuring = measuring;
    this.mounts = mounts;
    this.small = small;
  }

  /** One run; a failure is a measurement too, except of the harness itself. */
  Measurement run(Scenario scenario) throws InterruptedException {
    try {
      return switch (scenario.state()) {
        case COLD -> cold(scenario, DataDirectory.fresh(scratch()), 0);
        case BOUNDED -> bounded(scenario);
        case MANY -> many(scenario);
        case SLOW_DISK -> cold(scenario, DataDirectory.slow(scratch(), bucket().size()), 0);
        case NO_DISK -> cold(scenario, DataDirectory.tiny(scratch()), 0);
        case REMOUNTED, HOT -> again(scenario);
        case MEMORY -> inMemory(scenario);
        case LOCAL -> local(scenario);
        case WARMING, PLAIN -> small.run(scenario);
      };
    } catch (IOException e) {
      return Measurement.failed(scenario.word(), String.valueOf(e.getMessage()).strip());
    }
  }

  private Scratch scratch() {
    return measuring.scratch();
  }

  private Bucket bucket() {
    return measuring.bucket();
  }

  /** Takes the data directory over. */
  private Measurement cold(Scenario scenario, DataDirectory data, long cacheBytes)
      throws IOException, InterruptedException {
    try (data) {
      bucket().prefault(scenario.subject());
      try (View view = mounts.open(View.Wish.of(data.path()).keeping(cacheBytes))) {
        return measuring.measure(scenario, view, paths(view, scenario.subject()));
      }
    }
  }

  private Measurement bounded(Scenario scenario) throws IOException, InterruptedException {
    DataDirectory data = DataDirectory.fresh(scratch());
    try (Watch disk = Watch.of(data::used)) {
      long most = Math.min(CACHE, bucket().size() / TIMES_LARGER);
      return cold(scenario, data, most).withDisk(disk.most());
    }
  }

  private Measurement many(Scenario scenario) throws IOException, InterruptedException {
    bucket().prefault(scenario.subject());
    List<View> views = new ArrayList<>();
    try (DataDirectory data = DataDirectory.fresh(scratch())) {
      try {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scenario.copies(); i++) {
          View view = mounts.open(View.Wish.of(data.path()).named("mnt-" + i));
          views.add(view);
          files.addAll(paths(view, scenario.subject()));
        }
        return measuring.measure(scenario, new View.Several(views), files);
      } finally {
        views.forEach(View::close);
      }
    }
  }

  private Measurement again(Scenario scenario) throws IOException, InterruptedException {
    try (View view = mounts.open(View.Wish.of(warmed()))) {
      List<Path> files = paths(view, scenario.subject());
      if (scenario.state() == State.HOT) {
        measuring.read(Pattern.SEQUENTIAL, "-", files);
        for (Path file : files) Child.forgetPages(scratch().at("dd.log"), file);
      }
      return measuring.measure(scenario, view, files);
    }
  }

  private Measurement inMemory(Scenario scenario) throws IOException, InterruptedException {
    try (View view = new MemoryMounts(bucket(), scratch()).open(View.Wish.of(scratch().root()))) {
      return measuring.measure(scenario, view, paths(view, scenario.subject()));
    }
  }

  private Measurement local(Scenario scenario) throws IOException, InterruptedException {
    Path data = largest(warmed());
    try (View view = View.of(data)) {
      return measuring.measure(scenario, view, List.of(data));
    }
  }

  /** A data directory that an earlier mount has filled with the model; its pages are in memory. */
  private Path warmed() throws IOException, InterruptedException {
    Path data = scratch().at("data-warm");
    if (Files.exists(data)) return data;
    try (View view = mounts.open(View.Wish.of(scratch().fresh("data-warm")))) {
      measuring.read(Pattern.SEQUENTIAL, "-", paths(view, Subject.MODEL));
      measuring.server().settled();
    }
    return data;
  }

  private List<Path> paths(View view, Subject subject) {
    return bucket().keys(subject).stream().map(view.directory()::resolve).toList();
  }

  private static Path largest(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow(() -> new IOException("the cache holds no file"));
    }
  }
}
