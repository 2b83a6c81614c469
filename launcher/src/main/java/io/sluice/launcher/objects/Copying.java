package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketHint;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.bucket.OpenBucket;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import io.sluice.launcher.cli.ShownKey;
import io.sluice.launcher.cli.TransferProgress;
import io.sluice.launcher.objects.CopyTarget.Found;
import io.sluice.store.ObjectMeta;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Copies all that is found, many at once: one that fails is said, and the others go on. */
final class Copying {
  private final CopyBuckets buckets;
  private final CopyDestination destination;
  private final CopyWork work;
  private final TransferProgress progress;
  private final BooleanSupplier isStopped;
  private final Tally tally = new Tally();
  private final AtomicLong bytesFound = new AtomicLong();

  /** What was found so far is called this; kept only where two can be called the same. */
  private final Set<String> targets = new HashSet<>();

  private long empty;
  private @Nullable Failure onlyFailure;

  Copying(
      CopyBuckets buckets,
      CopyDestination destination,
      CopyWork work,
      TransferProgress progress,
      BooleanSupplier isStopped) {
    this.buckets = buckets;
    this.destination = destination;
    this.work = work;
    this.progress = progress;
    this.isStopped = isStopped;
  }

  /** One copy. */
  private interface Step {
    void run() throws Failure, InterruptedException;
  }

  /** Takes what is found: what it is, how it is called, and how it is copied. */
  private interface Steps {
    void take(String source, String target, long size, Step step) throws InterruptedException;
  }

  /**
   * Copies them.
   *
   * @param dry where what would be copied is printed, and nothing is
   */
  int run(List<CopySource> sources, @Nullable PrintWriter dry, int atOnce)
      throws Failure, InterruptedException {
    boolean isOne = sources.size() == 1 && !sources.getFirst().isMany() && dry == null;
    if (isOne) {
      find(sources.getFirst(), false, (_, _, size, step) -> alone(size, step));
      if (onlyFailure != null) throw onlyFailure;
    } else {
      try (var crew = new ObjectCrew("cp", atOnce)) {
        Optional<Failure> ending =
            findAll(
                sources,
                (from, to, size, step) -> {
                  if (!isFirst(sources, from, to)) return;
                  progress.total(bytesFound.addAndGet(size));
                  if (dry == null) crew.add(() -> attempt(step, size));
                  else print(dry, from, to, size);
                });
        crew.finish(); // what was found is copied, whatever was not
        if (ending.isPresent()) throw ending.get();
      }
    }
    return end(dry != null, sources);
  }

  /** Of several one that cannot be looked through does not stop the others. Why it is the end. */
  private Optional<Failure> findAll(List<CopySource> sources, Steps steps)
      throws InterruptedException {
    for (CopySource source : sources) {
      try {
        find(source, sources.size() > 1, steps);
      } catch (Failure e) {
        if (sources.size() == 1 || isStopped.getAsBoolean()) return Optional.of(e);
        tally.failed(e.code());
        progress.say(e.line());
      }
    }
    return Optional.empty();
  }

  /** Two that would become one are not copied over each other; only globs can find such. */
  private boolean isFirst(List<CopySource> sources, String from, String to) {
    boolean canCollide = sources.size() > 1 && sources.stream().anyMatch(CopyDestination::isGlob);
    if (!canCollide || targets.add(to)) return true;
    tally.failed(ExitCode.INCOMPLETE);
    progress.say(
        "%s is left out: another one of these becomes %s: copy it to a different place"
            .formatted(ShownKey.of(from), ShownKey.of(to)));
    return false;
  }

  private void alone(long size, Step step) throws InterruptedException {
    progress.total(size);
    try {
      step.run();
      tally.done(size);
    } catch (Failure e) {
      onlyFailure = e;
    }
  }

  private void print(PrintWriter dry, String from, String to, long size) {
    dry.println("copy %s to %s".formatted(ShownKey.of(from), ShownKey.of(to)));
    tally.done(size);
  }

  private void attempt(Step step, long size) {
    if (isStopped.getAsBoolean()) return;
    try {
      step.run();
      tally.done(size);
    } catch (Failure e) {
      if (isStopped.getAsBoolean()) return;
      tally.failed(e.code());
      progress.say(e.line());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      tally.failed(ExitCode.UNEXPECTED); // else it would count as copied
      progress.say(Failure.unexpected(e).line());
    }
  }

  private void find(CopySource source, boolean isOneOfSeveral, Steps steps)
      throws Failure, InterruptedException {
    switch (source) {
      case CopySource.Local local -> findFiles(local, isOneOfSeveral, steps);
      case CopySource.InStore inStore -> findObjects(inStore, isOneOfSeveral, steps);
    }
  }

  private void findFiles(CopySource.Local source, boolean isOneOfSeveral, Steps steps)
      throws Failure, InterruptedException {
    if (!(destination instanceof CopyDestination.InStore to))
      throw new IllegalStateException("both are local");
    OpenBucket bucket = buckets.of(to.address().bucket());
    Path root = source.path();
    try {
      if (!Files.isDirectory(root)) {
        file(root, Files.size(root), new Found("", source.name()), to, bucket, steps);
        return;
      }
      LocalTree.walk(
          root,
          new LocalTree.Taker() {
            @Override
            public void file(Path file, long size) throws InterruptedException {
              Path name = Objects.requireNonNullElse(file.getFileName(), file);
              var found = new Found(root.relativize(file).toString(), name.toString());
              Found called = isOneOfSeveral ? found.below(source.name()) : found;
              Copying.this.file(file, size, called, to, bucket, steps);
            }

            @Override
            public void unusable(String why) {
              tally.failed(ExitCode.LOCAL);
              progress.say(ShownKey.of(why));
            }

            @Override
            public void empty(Path directory) {
              empty++;
            }
          });
    } catch (IOException e) {
      throw new Failure(ExitCode.LOCAL, root + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void file(
      Path file, long size, Found found, CopyDestination.InStore to, OpenBucket bucket, Steps steps)
      throws InterruptedException {
    String key = to.target().key(found);
    String target = new ObjectAddress(to.address().bucket(), key).toString();
    steps.take(file.toString(), target, size, () -> work.upload(file, bucket, key));
  }

  private void findObjects(CopySource.InStore source, boolean isOneOfSeveral, Steps steps)
      throws Failure, InterruptedException {
    OpenBucket from = buckets.of(source.wanted().bucket());
    var count = new AtomicLong();
    try {
      source
          .wanted()
          .find(
              from.store(),
              object -> {
                Found found = source.found(object.key());
                count.incrementAndGet();
                if (found.relative().isEmpty() && object.key().endsWith("/")) return; // SRC/ itself
                boolean isDeep = isOneOfSeveral && source.wanted().glob().isEmpty();
                object(source, from, object, isDeep ? found.below(source.name()) : found, steps);
              });
    } catch (StoreException e) {
      throw source.isMany()
          ? BucketHint.failure(from.address(), e)
          : from.failure(source.wanted().address().key(), e);
    }
    if (count.get() == 0) {
      tally.failed(ExitCode.NOT_FOUND);
      progress.say(
          "%s: no object %s: check it"
              .formatted(
                  ShownKey.of(source.wanted().toString()),
                  source.wanted().glob().isPresent() ? "matches" : "is there"));
    }
  }

  private void object(
      CopySource.InStore source, OpenBucket from, ObjectMeta object, Found found, Steps steps)
      throws InterruptedException {
    String name = new ObjectAddress(from.address(), object.key()).toString();
    switch (destination) {
      case CopyDestination.Local(Path _, CopyTarget target) ->
          steps.take(
              name,
              target.key(found),
              object.size(),
              () -> work.download(from, object, target, found));
      case CopyDestination.InStore(ObjectAddress to, CopyTarget target) -> {
        String key = target.key(found);
        Optional<OpenBucket> copier = buckets.copier(source.wanted().bucket());
        steps.take(
            name,
            new ObjectAddress(to.bucket(), key).toString(),
            object.size(),
            () -> {
              if (copier.isPresent()) work.copy(copier.get(), from, object, key);
              else work.pass(from, object, buckets.of(to.bucket()), key);
            });
      }
    }
  }

  private int end(boolean isDry, List<CopySource> sources) throws Failure {
    if (empty > 0)
      progress.say(
          empty + " empty directories are left out: a bucket has none, only what is in them");
    if (tally.failed() > 0) {
      progress.close();
      throw new Failure(
          tally.code(),
          "%d of %d are not copied: see above"
              .formatted(tally.failed(), tally.failed() + tally.done()),
          null);
    }
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("objects", Long.toString(tally.done()));
    if (isDry) progress.close();
    else progress.done(sources.size() == 1 ? "copied" : "all copied", facts);
    return ExitCode.OK.number();
  }
}
