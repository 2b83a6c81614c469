package io.sluice.bench;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/**
 * Which bytes an upload has to bring, told by its name: {@code content-7.bin} is {@link Content} 7,
 * {@code zeros.img} is nothing but zeros. So uploads of any size can be checked and thrown away.
 *
 * @param content absent for zeros
 */
record Expected(Optional<Content> content) {
  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("(?:content-(-?\\d{1,19})|zeros)(?:[.].*)?");

  private static final ByteBuffer ZEROS = ByteBuffer.allocate(Receiving.SLICE).asReadOnlyBuffer();

  /** Empty where the name says nothing. */
  static Optional<Expected> of(String key) {
    Matcher name = NAME.matcher(key.substring(key.lastIndexOf('/') + 1));
    if (!name.matches()) return Optional.empty();
    return Optional.of(
        new Expected(Optional.ofNullable(name.group(1)).map(Long::valueOf).map(Content::new)));
  }

  /** The name for which {@link #of} gives that content; {@code suffix} tells it from others. */
  static String key(long seed, String suffix) {
    return "content-" + seed + "." + suffix;
  }

  /**
   * Where in the object a part belongs that begins with these bytes; empty where all places are
   * alike, or there are fewer than eight bytes to tell.
   */
  OptionalLong placeOf(ByteBuffer beginning) {
    return content.isPresent() && beginning.remaining() >= Long.BYTES
        ? OptionalLong.of(content.get().placeOf(beginning))
        : OptionalLong.empty();
  }

  /** The first offset at which bytes that stand at {@code offset} are not what they should be. */
  OptionalLong firstWrong(ByteBuffer bytes, long offset) {
    if (content.isPresent()) return content.get().firstWrong(bytes, offset);
    int at = bytes.mismatch(ZEROS.slice(0, bytes.remaining()));
    return at < 0 ? OptionalLong.empty() : OptionalLong.of(offset + at);
  }
}
