package io.sluice.store.transfer;

import io.sluice.store.ObjectDetails;
import io.sluice.store.Part;
import io.sluice.store.StoredCrc32c;
import io.sluice.store.transfer.checksum.Algorithm;
import io.sluice.store.transfer.checksum.Expected;
import io.sluice.store.transfer.checksum.Sum;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The checksum of all that an upload has sent, made of those of its parts: those that the store
 * checked when they came. For one upload, and many threads.
 */
public final class SentSum implements Consumer<Part> {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final String SENT = "what was sent";

  private final Map<Integer, Part> parts = new ConcurrentSkipListMap<>();

  @Override
  public void accept(Part part) {
    parts.put(part.number(), part);
  }

  /**
   * Compares what was sent with what the store has made of it: by the CRC-32C that it keeps, else
   * by its ETag, where that is the MD5 of the parts' MD5s.
   *
   * @return what was compared; nothing where the store keeps neither
   * @throws WrongBytesException where it is another one
   */
  public Optional<String> compared(ObjectDetails made) throws WrongBytesException {
    Optional<String> crc = Optional.ofNullable(made.checksums().get(Algorithm.CRC32C.key()));
    Optional<String> first = compared(made, crc, sum().flatMap(SentSum::crc));
    return first.isPresent() ? first : compared(made, SumsOfParts.etag(made), etag());
  }

  private static Optional<String> compared(
      ObjectDetails made, Optional<String> kept, Optional<Expected> sent)
      throws WrongBytesException {
    if (kept.isEmpty() || sent.isEmpty()) return Optional.empty();
    if (!sent.get().text().equals(kept.get()))
      throw WrongBytesException.made(made.meta().key(), kept.get(), sent.get());
    return sent.map(Expected::toString);
  }

  private static Optional<Expected> crc(byte[] sum) {
    String text = StoredCrc32c.encoded(ByteBuffer.wrap(sum).getInt());
    return Expected.whole(Algorithm.CRC32C, text, SENT);
  }

  /** The ETag that the parts make, where theirs are MD5s. */
  private Optional<Expected> etag() {
    Sum whole = Algorithm.MD5.begin();
    List<Long> sizes = new ArrayList<>();
    for (Part part : parts.values()) {
      if (!MD5.matcher(part.tag()).matches()) return Optional.empty();
      byte[] tag = HexFormat.of().parseHex(part.tag());
      whole.add(tag, 0, tag.length);
      sizes.add(part.size());
    }
    String text = HexFormat.of().formatHex(whole.value()) + "-" + sizes.size();
    return Expected.ofParts(Algorithm.MD5, text, SENT, sizes);
  }

  private Optional<byte[]> sum() {
    byte[] sum = Algorithm.CRC32C.begin().value(); // of nothing
    for (Part part : parts.values()) {
      if (part.crc32c().isEmpty()) return Optional.empty();
      byte[] next = ByteBuffer.allocate(4).putInt(part.crc32c().get()).array();
      sum = Algorithm.CRC32C.combine(sum, next, part.size());
    }
    return Optional.of(sum);
  }
}
