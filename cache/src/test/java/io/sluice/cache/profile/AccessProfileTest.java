package io.sluice.cache.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessProfileTest {
  private static final String STORE = "s3://models";
  private static final String HEADER =
      "{\"sluice-profile\":1,\"store\":\"s3://models\",\"recorded\":\"2026-01-31T12:00:00Z\"}\n";
  private static final String ENTRY =
      "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":10}\n";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("profile");
  }

  private void assertThatReadingSays(String text, String message) throws IOException {
    Files.writeString(file, text);
    assertThatReadingSays(message);
  }

  private void assertThatReadingSays(String message) {
    assertThatThrownBy(() -> AccessProfile.read(file, STORE))
        .isInstanceOf(ProfileException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void aProfileOfNothingIsOne() throws Exception {
    Files.writeString(file, HEADER);
    assertThat(AccessProfile.read(file, STORE).entries()).isEmpty();
  }

  @Test
  void membersThatALaterProgramAddsAreSkipped() throws Exception {
    String entry = ENTRY.replace("\"ms\"", "\"thread\":{\"id\":[1]},\"ms\"");
    Files.writeString(file, HEADER.replace("}", ",\"host\":\"n1\"}") + entry);
    assertThat(AccessProfile.read(file, STORE).keys()).containsExactly("k");
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatReadingSays("there is no profile FILE: record one with 'sluice mount --record FILE'");
  }

  @Test
  void aDirectoryIsSaid() throws IOException {
    Files.createDirectory(file);
    assertThatReadingSays("FILE is not a file: give a profile");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "hello\n",
        "{}\n",
        "[]\n",
        "{\"sluice-profile\":0}\n",
        "{\"sluice-profile\":\"new\"}\n",
        "{\"sluice-profile\":1}\n",
        "{\"sluice-profile\":1,\"store\":\"s3://models\",\"recorded\":\"today\"}\n",
        "{\"sluice-profile\":1,\"store\":\"s3://models\"",
      })
  void anythingElseIsNoProfile(String text) throws IOException {
    assertThatReadingSays(
        text, "FILE is no profile: give a file written by 'sluice mount --record'");
  }

  @Test
  void bytesThatAreNoTextAreNoProfile() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatReadingSays("FILE is no profile: give a file written by 'sluice mount --record'");
  }

  @Test
  void aWeightFileGivenByMistakeIsNotReadToItsEnd() throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(AccessProfile.MOST_BYTES + 1);
    }
    assertThatReadingSays("FILE is no profile: it has more than 64 MiB");
  }

  @Test
  void aLineWithoutAnEndIsNotReadToItsEnd() throws IOException {
    assertThatReadingSays(
        HEADER + ENTRY + "{\"key\":\"" + "k".repeat(1 << 20) + "\"}\n",
        "line 3 of the profile FILE is no entry: record it again");
  }

  @Test
  void aNewerFormatIsSaid() throws IOException {
    assertThatReadingSays(
        "{\"sluice-profile\":2,\"other\":true}\n",
        "the profile FILE has format 2, this program reads 1: use the Sluice that recorded it, or record it again");
  }

  @Test
  void anotherBucketIsSaidWithBothNames() throws IOException {
    assertThatReadingSays(
        HEADER.replace("s3://models", "gs://others"),
        "the profile FILE is of gs://others, this is s3://models: record one of this bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "text\n",
        "{}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":0}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":101}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":-1,\"end\":10}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":10,\"end\":10}\n",
        "{\"ms\":-1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":10}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"\",\"size\":100,\"start\":0,\"end\":10}\n",
        "{\"ms\":1,\"key\":\"\",\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":10}\n",
        "{\"ms\":1,\"key\":[],\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":10}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":1e99,\"start\":0,\"end\":10}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"size\":100,\"start\":0,\"end\":10} {}\n",
        "{\"ms\":1,\"key\":\"k\",\"tag\":\"t\",\"si",
      })
  void aDamagedEntryIsSaidWithItsLine(String line) throws IOException {
    assertThatReadingSays(
        HEADER + ENTRY + line, "line 3 of the profile FILE is no entry: record it again");
  }

  @Test
  void moreEntriesThanTheBoundAreSaid() throws IOException {
    assertThatReadingSays(
        HEADER + ENTRY.repeat(AccessProfile.MOST_ENTRIES + 1),
        "the profile FILE has more than 100000 entries: record a shorter time");
  }
}
