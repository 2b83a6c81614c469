package io.sluice.store.testkit;

import io.sluice.store.ObjectStore;
import java.util.Map;

/** A bucket under the {@link StoreContract}: the store, and how to change what is in it. */
public interface ContractBucket extends AutoCloseable {
  /** What a real bucket can do and some other stores cannot. */
  enum Ability {
    /** Objects {@code a} and {@code a/b} at once. */
    OBJECT_BESIDE_PREFIX,
    /** Keys such as {@code a//b} and {@code /a}. */
    EMPTY_SEGMENTS,
    /** Objects whose key ends with a slash. */
    DIRECTORY_MARKERS,
    /** Such objects have a version as others do. */
    MARKER_VERSIONS,
    /**
     * Keys with {@code .} and {@code ..} between slashes, or a slash at the end, are not resolved.
     */
    VERBATIM_SEGMENTS,
    /** Listings are in the order of UTF-8 bytes also where UTF-16 has another. */
    UTF_8_ORDER,
    /** What is rolled up counts as an entry of its page, and is on that page only. */
    PAGES_OF_PREFIXES,
    /** Delimiters other than the slash. */
    ANY_DELIMITER,
    /** Control characters in keys. */
    CONTROL_CHARACTERS,
    /** In a time that a test has. */
    HUNDRED_THOUSAND_OBJECTS,
    /** A put over one version only. */
    REPLACE_IF_UNCHANGED,
    /** A copy of one version only. */
    COPY_IF_UNCHANGED,
    /** An upload in parts that is completed under a condition. */
    CONDITIONAL_COMPLETE,
    /** Content headers and metadata. */
    ATTRIBUTES,
    TAGS,
    PRESIGNED_URLS,
    /** An upload that was aborted takes no more parts. */
    ABORT,
    /** The uploads that are under way can be asked for by prefix. */
    LIST_UPLOADS
  }

  /** The store; it serves at most {@link #CONNECTIONS} requests at once where it has a limit. */
  ObjectStore store();

  /** Few, so that whoever keeps one shows. */
  int CONNECTIONS = 4;

  /** Puts an object, replacing what was there. */
  void put(String key, byte[] bytes) throws Exception;

  void delete(String key) throws Exception;

  /** What it cannot do, each with the reason: the tests of that are skipped, and say so. */
  default Map<Ability, String> gaps() {
    return Map.of();
  }

  /** Closes the store, and fails where a body was left open. */
  @Override
  void close();
}
