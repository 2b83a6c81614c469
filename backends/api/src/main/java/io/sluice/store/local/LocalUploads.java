package io.sluice.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.store.MultipartUploads;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Part;
import io.sluice.store.Payload;
import io.sluice.store.PendingUpload;
import io.sluice.store.Precondition;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.WatchedPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Uploads in parts to a directory: {@code .sluice/uploads/ID} holds the key, the attributes and the
 * parts as files, until they are put together.
 */
final class LocalUploads implements MultipartUploads {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final LocalWriter writer;
  private final Workshop workshop;

  LocalUploads(LocalWriter writer, Workshop workshop) {
    this.writer = writer;
    this.workshop = workshop;
  }

  @Override
  public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
    writer.requireWritable(key);
    try {
      var upload = new UploadId(key, UUID.randomUUID().toString());
      Path directory = workshop.uploads().resolve(upload.id());
      Files.createDirectories(directory);
      Path target =
          workshop.make(
              Payload.of(key.getBytes(UTF_8)), file -> LocalAttributes.write(file, attributes));
      Files.move(target, directory.resolve("key"), StandardCopyOption.ATOMIC_MOVE);
      return upload;
    } catch (IOException e) {
      throw LocalErrors.translate("beginning an upload to", key, e);
    }
  }

  @Override
  public Part put(UploadId upload, int number, Payload body) throws StoreException {
    Part.requireNumber(number);
    Path part = directory(upload).resolve(Integer.toString(number));
    var watched = new WatchedPayload(upload.key(), body);
    try {
      Path file = workshop.make(watched, _ -> {});
      try {
        Files.move(file, part, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(file);
      }
      return part(part);
    } catch (NoSuchFileException e) {
      throw gone(upload); // aborted meanwhile
    } catch (IOException e) {
      throw watched.reason(LocalErrors.translate("sending a part of", upload.key(), e));
    }
  }

  @Override
  public List<Part> parts(UploadId upload) throws StoreException {
    var parts = new ArrayList<Part>();
    try (Stream<Path> files = Files.list(directory(upload))) {
      for (Path file : (Iterable<Path>) files::iterator)
        if (!file.endsWith("key")) parts.add(part(file));
    } catch (IOException e) {
      throw LocalErrors.translate("listing the parts of", upload.key(), e);
    }
    parts.sort(Comparator.comparingInt(Part::number));
    return parts;
  }

  private static Part part(Path file) throws IOException {
    int number = Integer.parseInt(file.getFileName().toString());
    long size = Files.size(file);
    // As a version's tag: the time of its last change and its size.
    String tag = "%s-%x".formatted(Files.getAttribute(file, "unix:ctime"), size);
    return new Part(number, tag, size, Optional.empty());
  }

  @Override
  public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException {
    Path directory = directory(upload);
    List<Part> inOrder = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    if (inOrder.isEmpty() || !parts(upload).containsAll(inOrder))
      throw new StoreException.Invalid(
          "the parts of the upload to %s are not the ones that are there".formatted(upload.key()),
          null);
    try {
      ObjectAttributes attributes = LocalAttributes.read(directory.resolve("key"));
      ObjectVersion version =
          writer.put(
              upload.key(),
              new Joined(directory, inOrder),
              new PutOptions(precondition, attributes));
      delete(directory);
      return version;
    } catch (IOException e) {
      throw LocalErrors.translate("completing", upload.key(), e);
    }
  }

  private record Joined(Path directory, List<Part> parts) implements Payload {
    @Override
    public long length() {
      return parts.stream().mapToLong(Part::size).sum();
    }

    @Override
    @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing but an Enumeration
    public InputStream open() {
      Iterator<Part> left = parts.iterator();
      // Opened one after the other: there may be 10,000.
      return new SequenceInputStream(
          new Enumeration<InputStream>() {
            @Override
            public boolean hasMoreElements() {
              return left.hasNext();
            }

            @Override
            public InputStream nextElement() {
              try {
                return Files.newInputStream(
                    directory.resolve(Integer.toString(left.next().number())));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
    }
  }

  @Override
  public void abort(UploadId upload) throws StoreException {
    try {
      delete(directory(upload));
    } catch (StoreException.NotFound e) {
      // It is gone already.
    } catch (IOException e) {
      throw LocalErrors.translate("aborting the upload to", upload.key(), e);
    }
  }

  @Override
  public List<PendingUpload> pending(String prefix) throws StoreException {
    var pending = new ArrayList<PendingUpload>();
    try (Stream<Path> directories = Files.list(workshop.uploads())) {
      for (Path directory : (Iterable<Path>) directories::iterator) {
        Path key = directory.resolve("key");
        if (!Files.exists(key)) continue; // about to begin, or to end
        var id = new UploadId(Files.readString(key), directory.getFileName().toString());
        if (id.key().startsWith(prefix))
          pending.add(new PendingUpload(id, Files.getLastModifiedTime(key).toInstant()));
      }
    } catch (NoSuchFileException e) {
      return List.of(); // there never was one
    } catch (IOException e) {
      throw LocalErrors.translate("listing uploads below", prefix, e);
    }
    pending.sort(
        Comparator.comparing((PendingUpload upload) -> upload.id().key())
            .thenComparing(PendingUpload::begun));
    return pending;
  }

  private Path directory(UploadId upload) throws StoreException {
    Path directory = workshop.uploads().resolve(upload.id());
    boolean isOurs = ID.matcher(upload.id()).matches();
    try {
      if (isOurs && Files.readString(directory.resolve("key")).equals(upload.key()))
        return directory;
    } catch (IOException e) {
      // There is none.
    }
    throw gone(upload);
  }

  private static StoreException gone(UploadId upload) {
    return new StoreException.NotFound(
        "no upload %s to %s".formatted(upload.id(), upload.key()), null);
  }

  /** The key goes first: a directory without it is an upload no more, whoever ends halfway. */
  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve("key"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) Files.deleteIfExists(file);
    }
    Files.deleteIfExists(directory);
  }
}
