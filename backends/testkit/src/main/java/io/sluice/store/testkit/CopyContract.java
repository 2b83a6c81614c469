package io.sluice.store.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.testkit.ContractBucket.Ability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code copy} owes. */
abstract class CopyContract extends ContractPart {
  private ObjectVersion write(String key, String text, ObjectAttributes attributes)
      throws Exception {
    return store().put(key, Payload.of(text.getBytes(UTF_8)), PutOptions.ANY.with(attributes));
  }

  private ObjectVersion write(String key, String text) throws Exception {
    return write(key, text, ObjectAttributes.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_003})
  void hasTheSameBytes(int size) throws Exception {
    ObjectVersion from = store().put("from", Payload.of(bytes(size)), PutOptions.ANY);
    ObjectVersion to = store().copy(from, "a/to", PutOptions.ANY);
    assertThat(to.key()).isEqualTo("a/to");
    assertThat(store().head("a/to").version()).isEqualTo(to);
    assertThat(read(to, 0, size)).isEqualTo(bytes(size));
    assertThat(read(from, 0, size)).isEqualTo(bytes(size));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCK#.lock", "a b", "a+b", "a%2Fb", "a?b=c&d", "é/\ud83d\ude00"})
  void takesKeysVerbatim(String key) throws Exception {
    ObjectVersion from = write(key, "of " + key);
    ObjectVersion to = store().copy(from, "copies/" + key, PutOptions.ANY);
    assertThat(text(to, 0, to.size())).isEqualTo("of " + key);
  }

  @Test
  void replacesWhatWasThere() throws Exception {
    ObjectVersion before = write("to", "before");
    ObjectVersion to = store().copy(write("from", "after!"), "to", PutOptions.ANY);
    assertThat(text(to, 0, 6)).isEqualTo("after!");
    assertThatThrownBy(() -> read(before, 0, 6)).isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void anotherVersionIsNotCopied() throws Exception {
    needs(Ability.COPY_IF_UNCHANGED);
    ObjectVersion old = write("from", "old");
    write("from", "new");
    assertThatThrownBy(() -> store().copy(old, "to", PutOptions.ANY))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store().head("to")).isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void whatIsGoneIsNotFound() throws Exception {
    ObjectVersion gone = write("from", "x");
    store().delete("from");
    assertThatThrownBy(() -> store().copy(gone, "to", PutOptions.ANY))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("from");
  }

  @Test
  void ifAbsentDoesNotReplace() throws Exception {
    needs(Ability.CONDITIONAL_COMPLETE);
    ObjectVersion from = write("from", "x");
    ObjectVersion to = store().copy(from, "to", PutOptions.IF_ABSENT);
    assertThat(store().head("to").version()).isEqualTo(to);
    assertThatThrownBy(() -> store().copy(from, "to", PutOptions.IF_ABSENT))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void keepsTheAttributesWhereNoneAreGiven() throws Exception {
    needs(Ability.ATTRIBUTES);
    ObjectAttributes attributes =
        ObjectAttributes.ofType("text/plain").withMetadata("color", "green");
    store().copy(write("from", "x", attributes), "to", PutOptions.ANY);
    ObjectAttributes copied = store().describe("to").attributes();
    assertThat(copied.header(ContentHeader.CONTENT_TYPE)).contains("text/plain");
    assertThat(copied.metadata()).containsEntry("color", "green");
  }

  @Test
  void hasTheAttributesThatAreGivenAndNoOthers() throws Exception {
    needs(Ability.ATTRIBUTES);
    ObjectVersion from =
        write("from", "x", ObjectAttributes.ofType("text/plain").withMetadata("color", "green"));
    ObjectAttributes other = ObjectAttributes.ofType("text/html").withMetadata("shape", "round");
    store().copy(from, "to", PutOptions.ANY.with(other));
    ObjectAttributes copied = store().describe("to").attributes();
    assertThat(copied.header(ContentHeader.CONTENT_TYPE)).contains("text/html");
    assertThat(copied.metadata()).containsEntry("shape", "round").doesNotContainKey("color");
  }
}
