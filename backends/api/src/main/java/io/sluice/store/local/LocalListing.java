package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  private record Child(String key, Path path, boolean isDirectory) {}

  private final LocalStore store;
  private final Path root;
  private final ListRequest request;
  private final List<ObjectMeta> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
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
      if (!start.startsWith("/")
          && !start.contains("//")
          && !Arrays.asList(start.split("/")).contains("..")) visit(root.resolve(start), start);
      return new ListPage(objects, prefixes, Optional.empty());
    } catch (PageIsFull e) {
      return new ListPage(objects, prefixes, Optional.of(last));
    }
  }

  private void visit(Path directory, String key) throws IOException, PageIsFull {
    for (Child child : children(directory, key)) {
      if (!mayHold(child.key(), child.isDirectory())) continue;
      if (!child.isDirectory()) addObject(child);
      else if (isRolledUp(child.key())) addPrefix(child);
      else visit(child.path(), child.key());
    }
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
    for (Child child : children(directory, key))
      if (!child.isDirectory() || holdsAFile(child.path(), child.key())) return true;
    return false;
  }

  private List<Child> children(Path directory, String key) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      var children = new ArrayList<Child>();
      for (Path path : (Iterable<Path>) paths::iterator) {
        boolean isDirectory = Files.isDirectory(path);
        if (Files.isSymbolicLink(path) && !leadsInside(path)) continue;
        if (!isDirectory && !Files.isRegularFile(path)) continue;
        String name = path.getFileName().toString();
        children.add(new Child(key + name + (isDirectory ? "/" : ""), path, isDirectory));
      }
      children.sort(
          (a, b) -> Arrays.compareUnsigned(a.key().getBytes(UTF_8), b.key().getBytes(UTF_8)));
      return children;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // nothing has this prefix, or it went away while we looked
    }
  }

  private boolean leadsInside(Path link) throws IOException {
    try {
      Path real = link.toRealPath();
      // A link to a directory above itself would be walked for ever.
      return real.startsWith(root) && !link.startsWith(real);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
