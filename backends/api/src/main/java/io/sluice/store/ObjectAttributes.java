package io.sluice.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is kept with an object beside its bytes. Nothing in here can break out of a header: names
 * are tokens, values have printable ASCII characters only.
 *
 * @param headers content type and its kin; without a content type it is {@code
 *     application/octet-stream}
 * @param metadata the user's own, in the order given; names in lower case, as stores give them back
 * @param tags at most 10 with keys to 128 and values to 256 characters; not every store has them
 * @param storageClass as the store names it
 * @param acl a canned one, as S3 names it: {@code private}, {@code public-read}, {@code
 *     bucket-owner-full-control}, ...; given, never told back; not every store has them
 */
public record ObjectAttributes(
    Map<ContentHeader, String> headers,
    Map<String, String> metadata,
    Map<String, String> tags,
    Optional<String> storageClass,
    Optional<String> acl) {
  /** Nothing given. */
  public static final ObjectAttributes NONE =
      new ObjectAttributes(Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty());

  private static final Pattern TOKEN = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern ACL = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final int MOST_TAGS = 10;

  public ObjectAttributes {
    headers = ordered(headers);
    metadata = ordered(metadata);
    tags = ordered(tags);
    headers.forEach((header, value) -> requirePrintable(header.header(), value));
    metadata.forEach(ObjectAttributes::requireMetadata);
    requireTags(tags);
    storageClass.ifPresent(value -> requirePrintable("the storage class", value));
    acl.ifPresent(ObjectAttributes::requireAcl);
  }

  /**
   * What a store says it has kept: as it is, also where it could not be given like that.
   *
   * @param metadata names in whatever case
   */
  public static ObjectAttributes stored(
      Map<ContentHeader, String> headers,
      Map<String, String> metadata,
      Optional<String> storageClass) {
    var kept = new LinkedHashMap<String, String>();
    metadata.forEach((name, value) -> kept.put(name.toLowerCase(Locale.ROOT), printable(value)));
    var contents = new LinkedHashMap<ContentHeader, String>();
    headers.forEach((header, value) -> contents.put(header, printable(value)));
    return new ObjectAttributes(contents, kept, Map.of(), storageClass, Optional.empty());
  }

  /** With nothing but a content type. */
  public static ObjectAttributes ofType(String contentType) {
    return NONE.with(ContentHeader.CONTENT_TYPE, contentType);
  }

  public ObjectAttributes with(ContentHeader header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ObjectAttributes(more, metadata, tags, storageClass, acl);
  }

  public ObjectAttributes withMetadata(String name, String value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new ObjectAttributes(headers, more, tags, storageClass, acl);
  }

  public ObjectAttributes withTags(Map<String, String> other) {
    return new ObjectAttributes(headers, metadata, other, storageClass, acl);
  }

  public ObjectAttributes withStorageClass(String name) {
    return new ObjectAttributes(headers, metadata, tags, Optional.of(name), acl);
  }

  public ObjectAttributes withAcl(String canned) {
    return new ObjectAttributes(headers, metadata, tags, storageClass, Optional.of(canned));
  }

  public Optional<String> header(ContentHeader header) {
    return Optional.ofNullable(headers.get(header));
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  /** Whether an object may have these tags. (S3 User Guide, "Categorizing objects using tags") */
  public static void requireTags(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS)
      throw new IllegalArgumentException(
          "%d tags: an object has at most %d".formatted(tags.size(), MOST_TAGS));
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > 128)
            throw new IllegalArgumentException(
                "a tag's key has 1 to 128 characters: '" + key + "'");
          if (value.length() > 256)
            throw new IllegalArgumentException("a tag's value has at most 256 characters: " + key);
        });
  }

  /** Others, which no header can carry, become question marks. */
  private static String printable(String value) {
    return value.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static <K> Map<K, String> ordered(Map<K, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  private static void requireMetadata(String name, String value) {
    if (!TOKEN.matcher(name).matches())
      throw new IllegalArgumentException(
          "'%s' cannot name metadata: lower-case letters, digits and '-' can".formatted(name));
    requirePrintable("metadata " + name, value);
  }

  private static void requireAcl(String acl) {
    if (!ACL.matcher(acl).matches())
      throw new IllegalArgumentException(
          "'%s' is no canned ACL: write it like private or bucket-owner-full-control"
              .formatted(acl));
  }

  private static void requirePrintable(String name, String value) {
    if (!PRINTABLE.matcher(value).matches())
      throw new IllegalArgumentException(
          name + " may have printable ASCII characters only: encode others");
  }
}
