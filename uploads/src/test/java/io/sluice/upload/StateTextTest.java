package io.sluice.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.Part;
import io.sluice.store.UploadId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A state as text and back, also where the text is torn, damaged, or another program's. */
final class StateTextTest {
  private static final UploadHead HEAD =
      new UploadHead(
          new Destination("models", "a/\"k\"\nü", List.of("--endpoint-url", "http://minio:9000")),
          Path.of("/data/x y.bin"),
          Optional.of(new FileIdentity(10, Instant.parse("2026-01-02T03:04:05.123456789Z"), 77)),
          new UploadPlan(10, 4),
          ObjectAttributes.ofType("text/plain")
              .with(ContentHeader.CACHE_CONTROL, "no-cache")
              .withMetadata("owner", "me")
              .withTags(Map.of("t", "v"))
              .withStorageClass("STANDARD_IA")
              .withAcl("private"));

  private static SentPart part(int number, long size) {
    return new SentPart(
        new Part(number, "tag" + number, size, Optional.of(-number)), Optional.of(number));
  }

  private static UploadState full() {
    var parts = new TreeMap<Integer, SentPart>();
    parts.put(1, part(1, 4));
    parts.put(3, part(3, 2));
    return new UploadState(HEAD, Optional.of(new UploadId(HEAD.to().key(), "2~upload")), parts);
  }

  @Test
  void whatWasWrittenIsRead() {
    for (UploadState state : List.of(full(), UploadState.begin(HEAD)))
      assertThat(StateText.parse(StateText.of(state)))
          .isEqualTo(new StateText.Read(state, 0, false));
  }

  @Test
  void theHeadHasTheNamesOfTheOriginal() {
    assertThat(StateText.of(full()).lines().findFirst().orElseThrow())
        .contains("\"s3_bucket\":\"models\"", "\"file_to_upload\":\"/data/x y.bin\"")
        .contains("\"file_size_in_bytes\":10", "\"part_size\":4", "\"number_of_parts\":3");
  }

  @Test
  void whereverTheTextEndsWhatIsWholeCounts() {
    String text = StateText.of(full());
    int firstLine = text.indexOf('\n');
    int lastLine = text.lastIndexOf('\n', text.length() - 2) + 1;
    for (int end = lastLine; end < text.length() - 1; end++)
      assertThat(StateText.parse(text.substring(0, end)).state().parts()).containsOnlyKeys(1);
    for (int end = 0; end < firstLine; end++) {
      String torn = text.substring(0, end);
      assertThatThrownBy(() -> StateText.parse(torn)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDamagedLineInTheMiddleCountsForNothing() {
    String text = StateText.of(full()).replace("\"tag1\"", "\"tagX\"");
    StateText.Read read = StateText.parse(text);
    assertThat(read.damaged()).isEqualTo(1);
    assertThat(read.state().parts()).containsOnlyKeys(3);
  }

  @Test
  void withoutTheNameOfTheUploadItsPartsAreOfNoUse() {
    String text = StateText.of(full()).replace("2~upload", "2~uploaX");
    assertThatThrownBy(() -> StateText.parse(text)).hasMessageContaining("is damaged");
  }

  @Test
  void theLastLineAboutAPartCounts() {
    var again = new SentPart(new Part(1, "new", 4, Optional.empty()), Optional.of(9));
    String text = StateText.of(full()) + StateText.sent(again);
    assertThat(StateText.parse(text).state().parts()).containsEntry(1, again);
  }

  @Test
  void whatIsNoStateIsCalledSo() {
    assertThatThrownBy(() -> StateText.parse("")).hasMessageContaining("is empty");
    for (String text : List.of("hello", "[]", "{}", "{\"s3_bucket\":", "{\"upload_id\":\"x\"}"))
      assertThatThrownBy(() -> StateText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherVersionIsNotGuessedAt() {
    String line = StateText.of(full()).lines().findFirst().orElseThrow();
    String other = line.replace("\"sluice_upload\":1,", "\"sluice_upload\":2,");
    String checked = other.substring(0, other.indexOf(",\"check\""));
    assertThatThrownBy(() -> StateText.parse(StateText.checked(checked)))
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> StateText.parse(other)).hasMessageContaining("damaged");
  }

  static final String ORIGINAL =
      """
      {"s3_bucket":"models","s3_key":"k","file_to_upload":"/data/x","file_size_in_bytes":10,
       "part_size":4,"number_of_parts":3,"upload_id":"U","last_successful_part":2,
       "completed_parts":[
        {"e_tag":"\\"aa\\"","checksum_crc32":null,"checksum_crc32_c":null,"checksum_sha1":null,
         "checksum_sha256":null,"part_number":1},
        {"e_tag":"\\"bb\\"","checksum_crc32":null,"checksum_crc32_c":"AAAAAQ==",
         "checksum_sha1":null,"checksum_sha256":null,"part_number":2}]}
      """;

  @Test
  void theOriginalsStateIsRead() {
    StateText.Read read = StateText.parse(ORIGINAL);
    assertThat(read.isOfOriginal()).isTrue();
    UploadState state = read.state();
    assertThat(state.upload()).contains(new UploadId("k", "U"));
    assertThat(state.head().to()).isEqualTo(new Destination("models", "k"));
    assertThat(state.head().identity()).isEmpty();
    assertThat(state.head().plan()).isEqualTo(new UploadPlan(10, 4));
    assertThat(state.parts())
        .containsEntry(1, new SentPart(new Part(1, "aa", 4, Optional.empty()), Optional.empty()))
        .containsEntry(2, new SentPart(new Part(2, "bb", 4, Optional.of(1)), Optional.of(1)));
  }

  @Test
  void anOriginalsStateThatDoesNotAddUpIsRefused() {
    for (String wrong :
        List.of(
            ORIGINAL.replace("\"number_of_parts\":3", "\"number_of_parts\":4"),
            ORIGINAL.replace("\"part_number\":2", "\"part_number\":7"),
            ORIGINAL.replace("\"upload_id\":\"U\",", ""),
            ORIGINAL.replace("\"completed_parts\":[", "\"completed_parts\":[7,"),
            ORIGINAL.replace("/data/x", "data/x")))
      assertThatThrownBy(() -> StateText.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOriginalsUploadWithoutChecksumsStaysOneWithoutThem() {
    String unsummed = ORIGINAL.replaceAll("\"checksum_crc32_c\":\"[^\"]*\"", "\"x\":0");
    UploadState state = StateText.parse(unsummed).state();
    assertThat(state.upload().orElseThrow().isSummed()).isFalse();
    assertThat(StateText.parse(ORIGINAL).state().upload().orElseThrow().isSummed()).isTrue();
    UploadState ours =
        state.with(
            new UploadHead(
                state.head().to(),
                Path.of("/data/x"),
                HEAD.identity(),
                state.head().plan(),
                ObjectAttributes.NONE));
    assertThat(StateText.parse(StateText.of(ours)).state().upload().orElseThrow().isSummed())
        .isFalse();
  }
}
