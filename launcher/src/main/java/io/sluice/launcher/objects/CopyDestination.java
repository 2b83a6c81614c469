package io.sluice.launcher.objects;

import io.sluice.launcher.bucket.BucketAddress;
import io.sluice.launcher.bucket.ObjectAddress;
import io.sluice.launcher.cli.ExitCode;
import io.sluice.launcher.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where copies go, as somebody names it. */
sealed interface CopyDestination {
  /** What things are called there. */
  CopyTarget target();

  /** Into the local file system. */
  record Local(Path path, CopyTarget target) implements CopyDestination {}

  /** Into a bucket. */
  record InStore(ObjectAddress address, CopyTarget target) implements CopyDestination {}

  /** Reads a destination. */
  static CopyDestination of(String text) throws Failure {
    if (ObjectAddress.isOne(text)) {
      ObjectAddress address = ObjectAddress.given(text);
      boolean isDirectory = address.key().isEmpty() || address.key().endsWith("/");
      return new InStore(address, new CopyTarget(address.key(), isDirectory));
    }
    if (text.equals("-")) throw Failure.usage("to write to the standard output use get");
    Path path = CopySource.path(text);
    boolean isDirectory = text.endsWith("/") || Files.isDirectory(path);
    return new Local(path, new CopyTarget(path.toString(), isDirectory));
  }

  /**
   * Whether these can go there.
   *
   * @param hasAttributes whether something is to be kept with them
   */
  static void require(List<CopySource> sources, CopyDestination destination, boolean hasAttributes)
      throws Failure {
    boolean hasGlob = sources.stream().anyMatch(CopyDestination::isGlob);
    if ((sources.size() > 1 || hasGlob) && !destination.target().isDirectory())
      throw Failure.usage(
          "several go into a directory: end %s with a slash"
              .formatted(destination.target().base()));
    Set<String> names = new HashSet<>();
    for (CopySource source : sources) {
      boolean isKnown = !isGlob(source); // what a glob finds is compared when it is found
      if (isKnown && !names.add(source.name()))
        throw Failure.usage(
            "two of them are called %s, and would be one: copy them to different places"
                .formatted(source.name()));
      requireApart(source, destination, hasAttributes);
    }
    if (!(destination instanceof Local local)) return;
    if (sources.stream().anyMatch(CopySource.Local.class::isInstance))
      throw Failure.usage("both are local: use cp of the system");
    if (hasAttributes)
      throw Failure.usage(
          "a local file keeps no content type, metadata, tags or storage class: leave them out");
    boolean isMany = sources.stream().anyMatch(CopySource::isMany);
    if (isMany && Files.exists(local.path()) && !Files.isDirectory(local.path()))
      throw new Failure(
          ExitCode.LOCAL, local.path() + " is a file: name a directory for several", null);
  }

  /** Whether what it finds keeps no name of its own in front. */
  static boolean isGlob(CopySource source) {
    return source instanceof CopySource.InStore(Wanted wanted) && wanted.glob().isPresent();
  }

  /** What is copied into itself would find its copies, and go on for ever. */
  private static void requireApart(
      CopySource source, CopyDestination destination, boolean hasAttributes) throws Failure {
    switch (source) {
      case CopySource.InStore(Wanted wanted)
          when wanted.bucket() instanceof BucketAddress.Local from
              && destination instanceof InStore to
              && to.address().bucket() instanceof BucketAddress.Local directory -> {
        // By their places: the same one can be named from several directories.
        Path there = real(from.directory().resolve(wanted.address().key()));
        Path below = real(from.directory().resolve(wanted.directory()));
        Path into = real(directory.directory().resolve(to.address().key()));
        requireApart(
            wanted,
            to,
            there.equals(into),
            wanted.isDeep() && into.startsWith(below),
            hasAttributes);
      }
      case CopySource.InStore(Wanted wanted) when destination instanceof InStore to -> {
        if (!wanted.bucket().equals(to.address().bucket())) return;
        String into = to.address().key();
        boolean isSame =
            into.equals(wanted.address().key())
                || (wanted.isDeep() && (into + "/").equals(wanted.directory()));
        boolean isWithin = wanted.isDeep() && into.startsWith(wanted.directory());
        requireApart(wanted, to, isSame, isWithin, hasAttributes);
      }
      case CopySource.Local(Path path)
          when destination instanceof InStore to
              && to.address().bucket() instanceof BucketAddress.Local directory -> {
        Path into = directory.directory().resolve(to.address().key());
        if (Files.isDirectory(path) && real(into).startsWith(real(path)))
          throw Failure.usage(
              "%s lies in %s: it would be copied into itself".formatted(into, path));
      }
      case CopySource.InStore(Wanted wanted)
          when wanted.bucket() instanceof BucketAddress.Local directory
              && destination instanceof Local to -> {
        Path from = directory.directory().resolve(wanted.directory());
        if (wanted.isDeep() && real(to.path()).startsWith(real(from)))
          throw Failure.usage(
              "%s lies in %s: it would be copied into itself".formatted(to.path(), from));
      }
      case CopySource _ -> {}
    }
  }

  private static void requireApart(
      Wanted wanted, InStore to, boolean isSame, boolean isWithin, boolean hasAttributes)
      throws Failure {
    if (isSame && !hasAttributes)
      throw Failure.usage("%s is both source and target".formatted(wanted));
    if (!isSame && isWithin)
      throw Failure.usage(
          "%s lies in %s: it would be copied into itself".formatted(to.address(), wanted));
  }

  /** Behind all links, as far as it exists. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (there.getParent() != null && !Files.exists(there)) there = there.getParent();
    try {
      return there.toRealPath().resolve(there.relativize(absolute));
    } catch (IOException _) {
      return absolute; // who may not look at it is told so when it is written
    }
  }
}
