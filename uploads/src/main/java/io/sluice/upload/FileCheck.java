package io.sluice.upload;

import io.sluice.store.ByteRange;
import io.sluice.store.Part;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Compares parts that were sent with a file that may be another by now. Reads no more of it than
 * those parts. For one thread.
 */
final class FileCheck {
  private static final int PIECE = 1 << 18;

  private final SourceFile file;
  private final UploadPlan plan;
  private final UploadListener listener;
  private final byte[] piece = new byte[PIECE];

  FileCheck(SourceFile file, UploadPlan plan, UploadListener listener) {
    this.file = file;
    this.plan = plan;
    this.listener = listener;
  }

  private record Digests(int sum, String md5) {}

  /**
   * The parts that are of this file for certain: a part without a sum is, where its tag is the MD5
   * of its bytes; where it is not nobody knows, and it has to be sent again.
   *
   * @throws UploadException.FileChanged where a part was summed, and the file has other bytes
   */
  Map<Integer, SentPart> kept(Collection<SentPart> sent) throws IOException {
    listener.checking(sent.stream().mapToLong(SentPart::size).sum());
    var kept = new TreeMap<Integer, SentPart>();
    for (SentPart part : sent) {
      ByteRange range = plan.range(part.number());
      Digests now = digests(range, part.sum().isEmpty());
      if (part.sum().isPresent() && part.sum().get() != now.sum()) throw changed(part, range);
      if (part.sum().isPresent() || now.md5().equals(part.part().tag()))
        kept.put(part.number(), new SentPart(part.part(), Optional.of(now.sum())));
    }
    return kept;
  }

  /** A part that the store has and nobody wrote down, where its bytes are those of the file. */
  Optional<SentPart> known(Part listed) throws IOException {
    ByteRange range = plan.range(listed.number());
    if (listed.size() != range.length() || listed.crc32c().isEmpty()) return Optional.empty();
    int sum = digests(range, false).sum();
    return listed.crc32c().get() == sum
        ? Optional.of(new SentPart(listed, Optional.of(sum)))
        : Optional.empty();
  }

  private UploadException changed(SentPart part, ByteRange range) {
    return new UploadException.FileChanged(
        "%s is not what was sent: bytes %s (part %d) are others now"
            .formatted(file.path(), range, part.number()),
        null);
  }

  private Digests digests(ByteRange range, boolean withMd5) throws IOException {
    var crc = new CRC32C();
    MessageDigest md5 = md5();
    try (InputStream in = file.part(range).open()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        crc.update(piece, 0, count);
        if (withMd5) md5.update(piece, 0, count);
        listener.checked(count);
      }
    }
    return new Digests((int) crc.getValue(), HexFormat.of().formatHex(md5.digest()));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
