package io.sluice.store.local;

import io.sluice.store.BlockwiseInput;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;

/**
 * The parts of an upload as one body. They are opened one after the other, as there may be 10,000;
 * one that is gone then, or another, is an error.
 *
 * @param parts in order
 */
record JoinedParts(UploadDirectory directory, String key, List<Part> parts) implements Payload {
  @Override
  public long length() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  @Override
  public InputStream open() {
    return new Joined(parts.iterator());
  }

  private InputStream open(Part part) throws IOException {
    try {
      InputStream in = Files.newInputStream(directory.file(part.number()));
      try {
        requireSame(part);
        return in;
      } catch (IOException e) {
        in.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new StoreException.NotFound(
          "part %d of the upload to %s is gone: it was aborted".formatted(part.number(), key), e);
    }
  }

  private void requireSame(Part part) throws IOException {
    if (!directory.part(part.number()).equals(part))
      throw new StoreException.Invalid(
          "part %d of the upload to %s was replaced while it was completed"
              .formatted(part.number(), key),
          null);
  }

  private final class Joined extends BlockwiseInput {
    private final Iterator<Part> left;
    private InputStream current = InputStream.nullInputStream();

    Joined(Iterator<Part> left) {
      this.left = left;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (true) {
        int count = current.read(into, offset, length);
        if (count >= 0 || !left.hasNext()) return count;
        current.close();
        current = open(left.next());
      }
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
