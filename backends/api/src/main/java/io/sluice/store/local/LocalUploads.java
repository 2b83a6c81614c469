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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Uploads in parts to a directory: each has a directory of its own in the workshop until its parts
 * are put together.
 */
final class LocalUploads implements MultipartUploads {
  private final LocalStore store;
  private final LocalWriter writer;
  private final Workshop workshop;

  LocalUploads(LocalStore store, LocalWriter writer, Workshop workshop) {
    this.store = store;
    this.writer = writer;
    this.workshop = workshop;
  }

  @Override
  public UploadId create(String key, ObjectAttributes attributes) throws StoreException {
    writer.requireWritable(key);
    LocalAttributes.requireKept(attributes);
    var upload = new UploadId(key, UUID.randomUUID().toString());
    try {
      Path made =
          workshop.make(
              Payload.of(key.getBytes(UTF_8)), file -> LocalAttributes.write(file, attributes));
      begin(made, place(upload));
      return upload;
    } catch (IOException e) {
      throw LocalErrors.translate("beginning an upload to", key, e);
    }
  }

  private static void begin(Path made, UploadDirectory directory) throws IOException {
    boolean done = false;
    try {
      Files.createDirectories(directory.path());
      Files.move(made, directory.key(), StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(made);
        Files.deleteIfExists(directory.path());
      }
    }
  }

  @Override
  public Part put(UploadId upload, int number, Payload body) throws StoreException {
    Part.requireNumber(number);
    UploadDirectory directory = directory(upload);
    var watched = new WatchedPayload(upload.key(), body);
    try {
      Path file = workshop.make(watched, _ -> {});
      try {
        Files.move(file, directory.file(number), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(file);
      }
      if (Files.notExists(directory.key())) { // ended meanwhile, perhaps before this part came
        endAsFarAsPossible(directory);
        throw gone(upload);
      }
      return directory.part(number);
    } catch (NoSuchFileException e) {
      throw watched.reason(gone(upload)); // aborted meanwhile
    } catch (IOException e) {
      throw watched.reason(LocalErrors.translate("sending a part of", upload.key(), e));
    }
  }

  @Override
  public List<Part> parts(UploadId upload) throws StoreException {
    try {
      return directory(upload).parts();
    } catch (IOException e) {
      throw LocalErrors.translate("listing the parts of", upload.key(), e);
    }
  }

  @Override
  public ObjectVersion complete(UploadId upload, List<Part> parts, Precondition precondition)
      throws StoreException {
    if (!UploadDirectory.isId(upload.id())) throw gone(upload);
    var completion = new LocalCompletion(upload, place(upload));
    try {
      Optional<ObjectVersion> done = done(completion);
      ObjectVersion version = done.isPresent() ? done.get() : join(completion, parts, precondition);
      endAsFarAsPossible(completion.directory());
      return version;
    } catch (IOException e) {
      throw LocalErrors.translate("completing", upload.key(), e);
    }
  }

  /** What an earlier attempt made of it, where that is still the object. */
  private Optional<ObjectVersion> done(LocalCompletion completion) throws IOException {
    String key = completion.upload().key();
    try {
      Optional<Path> file = store.within(key);
      if (file.isEmpty() || !completion.made(file.get())) return Optional.empty();
      return Optional.of(store.meta(key, file.get()).version());
    } catch (StoreException.NotFound | NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private ObjectVersion join(
      LocalCompletion completion, List<Part> parts, Precondition precondition) throws IOException {
    UploadId upload = completion.upload();
    UploadDirectory directory = directory(upload);
    List<Part> inOrder = parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
    if (inOrder.isEmpty() || !new HashSet<>(directory.parts()).containsAll(inOrder))
      throw new StoreException.Invalid(
          "the parts of the upload to %s are not the ones that are there".formatted(upload.key()),
          null);
    return writer.put(
        upload.key(),
        new JoinedParts(directory, upload.key(), inOrder),
        new PutOptions(precondition, LocalAttributes.read(directory.key())),
        completion::announce);
  }

  @Override
  public void abort(UploadId upload) throws StoreException {
    try {
      directory(upload).end();
    } catch (StoreException.NotFound e) {
      // It is gone already.
    } catch (IOException e) {
      throw LocalErrors.translate("aborting the upload to", upload.key(), e);
    }
  }

  @Override
  public List<PendingUpload> pending(String prefix) throws StoreException {
    var pending = new ArrayList<PendingUpload>();
    try {
      for (Path path : Workshop.entries(workshop.uploads()))
        new UploadDirectory(path)
            .pending()
            .filter(upload -> upload.id().key().startsWith(prefix))
            .ifPresent(pending::add);
    } catch (NoSuchFileException e) {
      return List.of(); // there never was one
    } catch (IOException e) {
      throw LocalErrors.translate("listing uploads below", prefix, e);
    }
    pending.sort(PendingUpload.IN_ORDER);
    return pending;
  }

  private UploadDirectory place(UploadId upload) {
    return new UploadDirectory(workshop.uploads().resolve(upload.id()));
  }

  private UploadDirectory directory(UploadId upload) throws StoreException {
    if (!UploadDirectory.isId(upload.id())) throw gone(upload);
    UploadDirectory directory = place(upload);
    try {
      if (directory.pending().filter(here -> here.id().equals(upload)).isPresent())
        return directory;
    } catch (IOException e) {
      throw LocalErrors.translate("looking for the upload to", upload.key(), e);
    }
    throw gone(upload);
  }

  private static StoreException gone(UploadId upload) {
    return new StoreException.NotFound(
        "no upload %s to %s".formatted(upload.id(), upload.key()), null);
  }

  /** After what matters is done, or cannot be: what stays is swept, or listed as pending. */
  private static void endAsFarAsPossible(UploadDirectory directory) {
    try {
      directory.end();
    } catch (IOException e) {
      // Another ends it too, or it holds what is not ours; the outcome is the same.
    }
  }
}
