package io.sluice.cache;

import io.sluice.store.ObjectVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The object versions that somebody has open, each of them once: made by whoever comes first,
 * closed by whoever leaves last. Safe for use by many threads.
 */
final class OpenVersions {
  private final String storeName;
  private final BiFunction<ObjectName, ObjectVersion, VersionFile> create;
  private final Consumer<VersionFile> close;
  private final ConcurrentHashMap<ObjectName, FutureTask<VersionFile>> open =
      new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param storeName which bucket of which endpoint
   * @param create never fails
   * @param close called once for each that was made
   */
  OpenVersions(
      String storeName,
      BiFunction<ObjectName, ObjectVersion, VersionFile> create,
      Consumer<VersionFile> close) {
    this.storeName = storeName;
    this.create = create;
    this.close = close;
  }

  ObjectName name(ObjectVersion version) {
    return ObjectName.of(storeName, version);
  }

  /** With one reference that is the caller's, who gives it to {@link #release}. */
  VersionFile retained(ObjectVersion version) {
    ObjectName name = name(version);
    while (true) {
      FutureTask<VersionFile> opening =
          open.computeIfAbsent(name, _ -> new FutureTask<>(() -> create.apply(name, version)));
      opening.run(); // by whoever is first; the others wait for it in the next line
      VersionFile file = result(opening);
      if (file.retain()) return file;
      open.remove(name, opening); // the last reader of the one before has just left
    }
  }

  private static VersionFile result(FutureTask<VersionFile> opening) {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("opening a cache file never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening a cache file", e);
    }
  }

  void release(VersionFile file) {
    if (!file.release()) return;
    // In its place there may be another one already, or somebody who is making it.
    open.computeIfPresent(
        file.name(), (_, opening) -> made(opening).orElse(null) == file ? null : opening);
    close.accept(file);
  }

  /** As it is at the moment, without a reference to it. */
  Optional<VersionFile> find(ObjectVersion version) {
    return Optional.ofNullable(open.get(name(version))).flatMap(OpenVersions::made);
  }

  /** All of them, without references. */
  List<VersionFile> all() {
    return open.values().stream().map(OpenVersions::made).flatMap(Optional::stream).toList();
  }

  /** Empty while somebody is still making it. */
  private static Optional<VersionFile> made(FutureTask<VersionFile> opening) {
    return opening.state() == Future.State.SUCCESS
        ? Optional.of(opening.resultNow())
        : Optional.empty();
  }
}
