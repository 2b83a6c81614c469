package io.sluice.launcher.bucket;

import io.sluice.launcher.cli.Failure;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept with an object that is written, beside its bytes. */
public final class AttributeOptions {
  private static final List<String> METADATA = List.of("x-amz-meta-", "x-goog-meta-");

  @Option(names = "--content-type", paramLabel = "TYPE", description = "For instance text/plain.")
  private @Nullable String contentType;

  @Option(names = "--content-encoding", paramLabel = "NAME", description = "For instance gzip.")
  private @Nullable String contentEncoding;

  @Option(names = "--content-language", paramLabel = "TAG", description = "For instance en.")
  private @Nullable String contentLanguage;

  @Option(
      names = "--content-disposition",
      paramLabel = "TEXT",
      description = "For instance 'attachment; filename=\"x.bin\"'.")
  private @Nullable String contentDisposition;

  @Option(names = "--cache-control", paramLabel = "TEXT", description = "For instance no-cache.")
  private @Nullable String cacheControl;

  @Option(
      names = {"-m", "--metadata", "--header"},
      paramLabel = "NAME:VALUE",
      description =
          "Metadata of your own, as often as you like. Names of headers (Content-Type,"
              + " Cache-Control, x-amz-meta-*, x-amz-storage-class, x-amz-acl) mean these.")
  private List<String> metadata = new ArrayList<>();

  @Option(
      names = "--storage-class",
      paramLabel = "NAME",
      description = "As the store calls it: STANDARD_IA, NEARLINE, ...")
  private @Nullable String storageClass;

  @Option(
      names = "--acl",
      paramLabel = "NAME",
      description = "A canned ACL: private, public-read, bucket-owner-full-control, ...")
  private @Nullable String acl;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "A tag, up to 10 times; Cloud Storage has none.")
  private List<String> tags = new ArrayList<>();

  /** All of them; {@link ObjectAttributes#NONE} where nothing is given. */
  public ObjectAttributes attributes() throws Failure {
    try {
      var headers = new LinkedHashMap<String, String>();
      put(headers, ContentHeader.CONTENT_TYPE, contentType);
      put(headers, ContentHeader.CONTENT_ENCODING, contentEncoding);
      put(headers, ContentHeader.CONTENT_LANGUAGE, contentLanguage);
      put(headers, ContentHeader.CONTENT_DISPOSITION, contentDisposition);
      put(headers, ContentHeader.CACHE_CONTROL, cacheControl);
      ObjectAttributes all = ObjectAttributes.NONE.withTags(tagsByKey());
      if (storageClass != null) all = all.withStorageClass(storageClass);
      if (acl != null) all = all.withAcl(acl);
      for (Map.Entry<String, String> given : headers.entrySet())
        all = with(all, given.getKey(), given.getValue());
      for (String text : metadata) {
        String name = name("-m", text, ':').strip();
        all = with(all, name, text.substring(text.indexOf(':') + 1).strip());
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> tagsByKey() throws Failure {
    var byKey = new LinkedHashMap<String, String>();
    for (String text : tags) {
      String key = name("--tag", text, '=');
      if (byKey.put(key, text.substring(key.length() + 1)) != null)
        throw Failure.usage("--tag %s is given twice: give it once".formatted(key));
    }
    return byKey;
  }

  private static void put(
      Map<String, String> headers, ContentHeader header, @Nullable String value) {
    if (value != null) headers.put(header.header(), value);
  }

  /** What stands before the separator. */
  private static String name(String option, String text, char separator) throws Failure {
    int at = text.indexOf(separator);
    if (at < 1)
      throw Failure.usage("%s %s: write it as NAME%cVALUE".formatted(option, text, separator));
    return text.substring(0, at);
  }

  /** A name is that of a header which stores know, or of metadata. */
  private static ObjectAttributes with(ObjectAttributes all, String name, String value)
      throws Failure {
    String lower = name.toLowerCase(Locale.ROOT);
    Optional<ContentHeader> header =
        Stream.of(ContentHeader.values())
            .filter(known -> known.header().equalsIgnoreCase(name))
            .findFirst();
    if (header.isPresent()) {
      requireFirst(all.header(header.get()), name);
      return all.with(header.get(), value);
    }
    return switch (lower) {
      case "x-amz-storage-class", "x-goog-storage-class" -> {
        requireFirst(all.storageClass(), name);
        yield all.withStorageClass(value);
      }
      case "x-amz-acl", "x-goog-acl" -> {
        requireFirst(all.acl(), name);
        yield all.withAcl(value);
      }
      case "x-amz-server-side-encryption" ->
          throw Failure.usage("-m %s: give --sse %s instead".formatted(name, value));
      case "x-amz-tagging" ->
          throw Failure.usage("-m %s: give --tag KEY=VALUE instead".formatted(name));
      default -> metadata(all, lower, value);
    };
  }

  private static ObjectAttributes metadata(ObjectAttributes all, String name, String value)
      throws Failure {
    String own =
        METADATA.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(prefix -> name.substring(prefix.length()))
            .orElse(name);
    if (own.startsWith("x-amz-") || own.startsWith("x-goog-"))
      throw Failure.usage("-m %s: there is no such header here: leave it out".formatted(name));
    requireFirst(Optional.ofNullable(all.metadata().get(own)), own);
    return all.withMetadata(own, value);
  }

  private static void requireFirst(Optional<String> given, String name) throws Failure {
    if (given.isPresent()) throw Failure.usage("%s is given twice: give it once".formatted(name));
  }
}
