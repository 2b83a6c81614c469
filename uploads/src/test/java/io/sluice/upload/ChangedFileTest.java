package io.sluice.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Operation;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.FaultyStore.Fault;
import io.sluice.store.testkit.PassingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Files that are not what they were, between two lives of an upload or during one. */
final class ChangedFileTest extends UploadScene {
  /** Three parts are sent, then it ends. */
  private void begin() {
    store.script(
        new Fault.None(),
        new Fault.None(),
        new Fault.None(),
        new Fault.None(),
        new Fault.Refused(new StoreException.Denied("no", null)));
    assertThatThrownBy(() -> start(store)).isInstanceOf(StoreException.Denied.class);
  }

  private void flip(int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
    later();
  }

  /** As if it were written now: within one tick of the clock two writes look alike. */
  private void later() throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_800_000_000_000L));
  }

  @Test
  void aByteThatChangedInWhatWasSentIsRefusedAndNothingIsTouched() throws Exception {
    begin();
    flip(PART + 1);
    byte[] before = Files.readAllBytes(state);
    long sent = partsSent();
    assertThatThrownBy(() -> resume(store))
        .isInstanceOf(UploadException.FileChanged.class)
        .hasMessageContaining("part 2")
        .hasMessageContaining("4..8");
    assertThat(partsSent()).isEqualTo(sent);
    assertThat(Files.readAllBytes(state)).isEqualTo(before);
    assertThat(bucket.uploads().pending("")).hasSize(1);
  }

  @Test
  void aByteThatChangedInWhatWasNotSentIsSentAsItIs() throws Exception {
    begin();
    flip(4 * PART);
    resume(store);
    requireDone();
    assertThat(told.compared()).isEqualTo(3 * PART);
    assertThat(told.lines()).anyMatch(line -> line.contains("compared with the 3 parts"));
  }

  @Test
  void anotherTimeIsNoOtherFile() throws Exception {
    begin();
    later();
    resume(store);
    requireDone();
    assertThat(partsSent()).isEqualTo(6);
  }

  @Test
  void anUntouchedFileIsNotReadAgain() throws Exception {
    begin();
    resume(store);
    assertThat(told.compared()).isZero();
  }

  @Test
  void anotherSizeIsRefusedBeforeAnythingIsAsked() throws Exception {
    begin();
    Files.write(file, bytes(SIZE + 1));
    int asked = asked().size();
    assertThatThrownBy(() -> resume(store))
        .isInstanceOf(UploadException.FileChanged.class)
        .hasMessageContaining("had 19 bytes")
        .hasMessageContaining("has 20 now");
    assertThat(asked()).hasSize(asked);
  }

  @Test
  void aFileThatWasMovedOrCopiedIsComparedAndGoesOn() throws Exception {
    begin();
    Path copy = Files.copy(file, directory.resolve("copy"));
    Files.delete(file);
    file = copy;
    resume(store);
    requireDone();
    assertThat(partsSent()).isEqualTo(6);
  }

  @Test
  void aMovedFileIsRememberedAtItsNewPlace() throws Exception {
    begin();
    file = Files.move(file, directory.resolve("moved"));
    store.script(new Fault.None(), new Fault.Refused(new StoreException.Denied("no", null)));
    assertThatThrownBy(() -> resume(store)).isInstanceOf(StoreException.Denied.class);
    assertThat(StateFile.read(state).head().file()).isEqualTo(file.toRealPath());
    resume(store);
    requireDone();
    assertThat(told.compared()).isZero();
  }

  /** Does something to the file once so many parts were sent. */
  private final class Meanwhile extends PassingStore {
    private final int after;
    private final Change change;
    private int parts;

    Meanwhile(int after, Change change) {
      super(store);
      this.after = after;
      this.change = change;
    }

    @Override
    protected <T> T send(Request request, Sending<T> sending) throws StoreException {
      T answer = super.send(request, sending);
      try {
        if (request.operation() == Operation.PUT_PART && ++parts == after) change.make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answer;
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  @Test
  void aFileThatIsReplacedMeanwhileIsSentAsItWasOpened() throws Exception {
    byte[] before = Files.readAllBytes(file);
    start(
        new Meanwhile(
            2,
            () -> {
              Path other = Files.write(directory.resolve("other"), new byte[SIZE]);
              Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            }));
    Files.write(file, before);
    requireDone();
  }

  @Test
  void aFileThatIsWrittenToMeanwhileIsNotCompletedAndComparedByTheNextLife() throws Exception {
    assertThatThrownBy(() -> start(new Meanwhile(2, () -> flip(0))))
        .isInstanceOf(UploadException.FileChanged.class)
        .hasMessageContaining("written to while it was sent");
    requireNoObject();
    assertThatThrownBy(() -> resume(store))
        .isInstanceOf(UploadException.FileChanged.class)
        .hasMessageContaining("part 1");
    flip(0);
    resume(store);
    requireDone();
  }

  @Test
  void aFileThatShrinksMeanwhileIsALocalError() throws Exception {
    assertThatThrownBy(() -> start(new Meanwhile(2, () -> Files.write(file, bytes(9)))))
        .isInstanceOf(UploadException.FileChanged.class);
    assertThat(state).exists();
    requireNoObject();
  }

  private String original(String tag2) throws Exception {
    UploadId upload = bucket.uploads().create(KEY, ATTRIBUTES);
    return """
        {"s3_bucket":"b","s3_key":"%s","file_to_upload":"%s","file_size_in_bytes":%d,
         "part_size":4,"number_of_parts":5,"upload_id":"%s","last_successful_part":2,
         "completed_parts":[{"e_tag":"\\"%s\\"","part_number":1},{"e_tag":"\\"%s\\"","part_number":2}]}
        """
        .formatted(KEY, file, SIZE, upload.id(), md5(0), tag2);
  }

  private String md5(int from) throws Exception {
    byte[] part = Arrays.copyOfRange(Files.readAllBytes(file), from, from + PART);
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(part));
  }

  /** Like S3 it cannot be asked for parts here, whose tags are no MD5s in memory. */
  private PassingStore withoutLists() {
    return new PassingStore(store) {
      @Override
      protected <T> T send(Request request, Sending<T> sending) throws StoreException {
        if (request.operation() == Operation.LIST_PARTS)
          throw new StoreException.Denied("no", null);
        if (request.operation() == Operation.COMPLETE_UPLOAD)
          throw new StoreException.Denied("not here", null);
        return super.send(request, sending);
      }
    };
  }

  @Test
  void anOriginalsStateGoesOnWithWhatIsOfThisFile() throws Exception {
    Files.write(state, original(md5(PART)).getBytes(UTF_8));
    assertThatThrownBy(() -> resume(withoutLists())).hasMessage("not here");
    assertThat(partsSent()).isEqualTo(3);
    assertThat(StateFile.read(state).parts()).hasSize(5);
    assertThat(Files.readString(state)).startsWith("{\"sluice_upload\":1,");
    assertThat(told.lines()).anyMatch(line -> line.contains("is written anew"));
  }

  @Test
  void ofAnOriginalsPartThatCannotBeToldItIsSentAgain() throws Exception {
    Files.write(state, original("0123").getBytes(UTF_8));
    assertThatThrownBy(() -> resume(withoutLists())).hasMessage("not here");
    assertThat(partsSent()).isEqualTo(4);
  }
}
