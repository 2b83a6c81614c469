package io.sluice.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Goes through a data directory: what is ours in it, one after the other, in no order. */
final class ObjectWalk {
  private static final Pattern GROUP = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern DOOMED = Pattern.compile("[0-9a-f]{40}.*\\.evicted");

  private ObjectWalk() {}

  /** What is done with each directory; one that is gone meanwhile is passed over. */
  @FunctionalInterface
  interface Visitor {
    void visit(Path directory) throws IOException;
  }

  /** The directories of objects. */
  static void objects(Path root, Visitor visitor) throws IOException {
    groups(root, group -> each(group, OBJECT, visitor));
  }

  /** Those of objects that are out of the cache, where deleting was interrupted or is under way. */
  static void doomed(Path root, Visitor visitor) throws IOException {
    groups(root, group -> each(group, DOOMED, visitor));
  }

  private static void groups(Path root, Visitor visitor) throws IOException {
    each(root, GROUP, visitor);
  }

  private static void each(Path parent, Pattern names, Visitor visitor) throws IOException {
    for (Path child : children(parent)) {
      if (!names.matcher(child.getFileName().toString()).matches()) continue;
      try {
        if (Files.isDirectory(child)) visitor.visit(child);
      } catch (NoSuchFileException _) {
        // evicted while we looked
      }
    }
  }

  /** What is in a directory; nothing where there is none. */
  static List<Path> children(Path directory) throws IOException {
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException _) {
      // nothing there
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }
}
