package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One page of the files below a directory, in the order of their keys' bytes: children are visited
 * in the order of their names, a directory's with its slash, which is the order of the keys. What
 * the token or the prefix rules out is not entered.
 */
final class LocalListing {
  private static final class PageIsFull extends Exception {
    private static final long serialVersionUID = 1L;

    PageIsFull() {
      super(null, null, false, false); // control flow: no stack trace
    }
  }

  /** The path is the real one, behind all links. */
  private record Child(String key, Path path, boolean isDirectory) {}

  private static final Class<BasicFileAttributes> TYPE = BasicFileAttributes.class;

  private final LocalStore store;
  private final Path root;
  private final ListRequest request;
  private final List<ObjectMeta> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private final Deque<Path> entered = new ArrayDeque<>();
  private String last = "";

  LocalListing(LocalStore store, Path root, ListRequest request) {
    this.store = store;
    this.root = root;
    this.request = request;
  }

  ListPage page() throws IOException {
    String prefix = request.prefix();
    String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    try {
      Optional<Path> directory = entrance(start);
      if (directory.isPresent()) visit(directory.get(), start);
      return new ListPage(objects, prefixes, Optional.empty());
    } catch (PageIsFull e) {
      return new ListPage(objects, prefixes, Optional.of(last));
    }
  }

  /** The directory of a key, where a walk from the root would come to it by this name. */
  private Optional<Path> entrance(String key) throws IOException {
    if (key.startsWith(Workshop.NAME + "/")) return Optional.empty();
    Path directory = root;
    for (int from = 0; from < key.length(); from = key.indexOf('/', from) + 1) {
      String name = key.substring(from, key.indexOf('/', from));
      if (name.isEmpty() || name.equals(".") || name.equals("..")) return Optional.empty();
      entered.addLast(directory);
      Optional<Child> next = named(directory, name).filter(Child::isDirectory);
      if (next.isEmpty()) return Optional.empty();
      directory = next.get().path();
    }
    return Optional.of(directory);
  }

  private Optional<Child> named(Path directory, String name) throws IOException {
    try {
      return child(directory.resolve(name), "");
    } catch (InvalidPathException e) {
      return Optional.empty(); // no file has such a name
    }
  }

  private void visit(Path directory, String key) throws IOException, PageIsFull {
    entered.addLast(directory);
    for (Child child : children(directory, key)) {
      if (!mayHold(child.key(), child.isDirectory())) continue;
      if (!child.isDirectory()) addObject(child);
      else if (isRolledUp(child.key())) addPrefix(child);
      else visit(child.path(), child.key());
    }
    entered.removeLast();
  }

  private void addObject(Child child) throws PageIsFull, StoreException {
    requireRoom();
    try {
      objects.add(store.meta(child.key(), child.path()));
      last = child.key();
    } catch (StoreException.NotFound e) {
      // It went away since the directory was read, or is no regular file: it is not listed.
    }
  }

  private void addPrefix(Child child) throws IOException, PageIsFull {
    if (!holdsAFile(child.path(), child.key())) return;
    requireRoom();
    prefixes.add(child.key());
    last = child.key();
  }

  private void requireRoom() throws PageIsFull {
    if (objects.size() + prefixes.size() == request.maxKeys()) throw new PageIsFull();
  }

  /** Whether a key, or one below it, belongs to this page as far as prefix and token tell. */
  private boolean mayHold(String key, boolean isDirectory) {
    String prefix = request.prefix();
    if (!key.startsWith(prefix) && !(isDirectory && prefix.startsWith(key))) return false;
    if (request.after().isEmpty()) return true;
    String token = request.after().get();
    boolean isInside = isDirectory && token.startsWith(key) && !isRolledUp(key);
    return isInside || Arrays.compareUnsigned(key.getBytes(UTF_8), token.getBytes(UTF_8)) > 0;
  }

  private boolean isRolledUp(String directoryKey) {
    return request.delimiter().isPresent() && directoryKey.length() > request.prefix().length();
  }

  private boolean holdsAFile(Path directory, String key) throws IOException {
    entered.addLast(directory);
    try {
      for (Child child : children(directory, key))
        if (!child.isDirectory() || holdsAFile(child.path(), child.key())) return true;
      return false;
    } catch (AccessDeniedException e) {
      return true; // it may: it shows, and who enters it learns why that does not work
    } finally {
      entered.removeLast();
    }
  }

  private List<Child> children(Path directory, String key) throws IOException {
    try {
      var children = new ArrayList<Child>();
      for (Path path : Workshop.entries(directory))
        if (!key.isEmpty() || !path.endsWith(Workshop.NAME))
          child(path, key).ifPresent(children::add);
      children.sort(
          (a, b) -> Arrays.compareUnsigned(a.key().getBytes(UTF_8), b.key().getBytes(UTF_8)));
      return children;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // nothing has this prefix, or it went away while we looked
    }
  }

  /**
   * What is in a directory that was entered, by one look where it is no link; absent where it is
   * neither file nor directory, went away, or is a link that leads out, to nowhere, or back to a
   * directory on the way to it, where we would walk for ever.
   */
  private Optional<Child> child(Path path, String key) throws IOException {
    try {
      Path real = path;
      BasicFileAttributes found = Files.readAttributes(path, TYPE, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        real = path.toRealPath();
        if (!store.isInside(real) || entered.contains(real)) return Optional.empty();
        found = Files.readAttributes(real, TYPE);
      }
      if (!found.isDirectory() && !found.isRegularFile()) return Optional.empty();
      String name = path.getFileName() + (found.isDirectory() ? "/" : "");
      return Optional.of(new Child(key + name, real, found.isDirectory()));
    } catch (FileSystemException e) {
      return Optional.empty();
    }
  }
}
