package io.sluice.fs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers stand for what. The number is computed from path and version, so it is the same
 * after a restart and on another machine; the table only leads back from the number, and catches
 * the two in 2^63 that have the same.
 *
 * <p>Bounded by two generations: what is looked up goes into the young one; when that is full it
 * becomes the old one and the old one goes. So a number holds at least until {@code generation}
 * others have been looked up, which no cache that judges by frequency promises; every call on a
 * path looks its inodes up just before it uses them.
 */
final class Inodes {
  /** With paths of usual length, both generations take some 3 MB. */
  static final int GENERATION = 8192;

  /**
   * A file or a directory, by its whole key; of a directory it ends with "/", or is empty.
   *
   * @param finding a file or a directory, nothing else
   */
  record Node(String key, Finding finding) {
    /** The directory it is in, as a prefix. */
    String directory() {
      return key.substring(0, nameStart());
    }

    String name() {
      return key.substring(nameStart(), isDirectory() ? key.length() - 1 : key.length());
    }

    boolean isDirectory() {
      return finding instanceof Finding.Directory;
    }

    /** Path and version, and nothing else: what the number stands for. NUL is in no path. */
    String identity() {
      return finding instanceof Finding.File file ? key + '\0' + file.tag() : key;
    }

    private int nameStart() {
      return key.lastIndexOf('/', key.length() - 2) + 1;
    }
  }

  private final Node root;
  private final int generation;
  private final ToLongFunction<String> hash;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private Map<Long, Node> young = new HashMap<>();

  @GuardedBy("lock")
  private Map<Long, Node> old = new HashMap<>();

  Inodes(String rootPrefix) {
    this(rootPrefix, GENERATION, Inodes::hashOf);
  }

  Inodes(String rootPrefix, int generation, ToLongFunction<String> hash) {
    this.root = new Node(rootPrefix, Finding.DIRECTORY);
    this.generation = generation;
    this.hash = hash;
  }

  /** What a number stands for; absent where it was never given out, or too long ago. */
  Optional<Node> at(long number) {
    if (number == BucketFileSystem.ROOT) return Optional.of(root);
    synchronized (lock) {
      Node node = find(number);
      if (node != null) keep(number, node);
      return Optional.ofNullable(node);
    }
  }

  /** Gives a node its number, and remembers it. */
  long enter(Node node) {
    if (node.key().equals(root.key())) return BucketFileSystem.ROOT;
    String identity = node.identity();
    synchronized (lock) {
      for (int salt = 0; ; salt++) {
        long number = number(identity, salt);
        Node other = find(number);
        if (other != null && !other.identity().equals(identity)) continue;
        keep(number, node);
        return number;
      }
    }
  }

  /** The number a node has, or gets as long as no other one has it. Remembers nothing. */
  long numberOf(Node node) {
    if (node.key().equals(root.key())) return BucketFileSystem.ROOT;
    return number(node.identity(), 0);
  }

  private long number(String identity, int salt) {
    long number = hash.applyAsLong(salt == 0 ? identity : identity + '\0' + salt) & Long.MAX_VALUE;
    // 0 is no inode and 1 is the root.
    return number > BucketFileSystem.ROOT ? number : number + 2;
  }

  @GuardedBy("lock")
  private @Nullable Node find(long number) {
    Node node = young.get(number);
    return node != null ? node : old.get(number);
  }

  @GuardedBy("lock")
  private void keep(long number, Node node) {
    young.put(number, node);
    if (young.size() < generation) return;
    old = young;
    young = new HashMap<>();
  }

  /** FNV-1a over the chars, then the finisher of MurmurHash3: the high bits have to be good. */
  static long hashOf(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
