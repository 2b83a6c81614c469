package io.sluice.launcher.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.launcher.objects.CopyTarget.Found;
import io.sluice.launcher.objects.Wanted.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What copies are called: the table of the documentation. */
final class CopyTargetTest {
  private static CopySource.InStore source(String url, boolean isRecursive) throws Exception {
    return (CopySource.InStore) CopySource.of(url, new Reading(isRecursive, false));
  }

  private static String copied(String url, boolean isRecursive, String key, String to)
      throws Exception {
    var destination = (CopyDestination.InStore) CopyDestination.of(to);
    return destination.target().key(source(url, isRecursive).found(key));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/a/x, a/x, s3://c/d, d",
    "s3://b/a/x, a/x, s3://c/d/, d/x",
    "s3://b/a/x, a/x, s3://c, x",
    "s3://b/a/*, a/x, s3://c/d/, d/x",
    "s3://b/a/x*, a/x1, s3://c/d/, d/x1",
    "s3://b/a/**, a/b/x, s3://c/d/, d/b/x",
    "s3://b/a/*/x, a/b/x, s3://c/d/, d/b/x",
    "s3://b/**, a/x, s3://c, a/x",
  })
  void oneObjectOrThoseOfAGlob(String url, String key, String to, String copy) throws Exception {
    assertThat(copied(url, false, key, to)).isEqualTo(copy);
  }

  @ParameterizedTest
  @CsvSource({
    "s3://b/a, a/b/x, s3://c/d, d/b/x",
    "s3://b/a, a/b/x, s3://c/d/, d/b/x",
    "s3://b/a/, a/b/x, s3://c/d, d/b/x",
    "s3://b/a/, a/b/x, s3://c, b/x",
    "s3://b, a/x, s3://c/d, d/a/x",
    "s3://b, a/x, s3://c, a/x",
    "s3://b/a, a, s3://c/d, d",
    "s3://b/a, a, s3://c/d/, d/a",
    "s3://b/a, a/b/, s3://c/d, d/b/",
    "s3://b/a, a//x, s3://c/d, d//x",
  })
  void whatIsBelow(String url, String key, String to, String copy) throws Exception {
    assertThat(copied(url, true, key, to)).isEqualTo(copy);
  }

  @Test
  void ofSeveralEachKeepsItsName() throws Exception {
    var target = new CopyTarget("d/", true);
    CopySource.InStore source = source("s3://b/x/a/", true);
    assertThat(target.key(source.found("x/a/b/1").below(source.name()))).isEqualTo("d/a/b/1");
    CopySource.InStore bucket = source("s3://b", true);
    assertThat(target.key(bucket.found("x/1").below(bucket.name()))).isEqualTo("d/b/x/1");
    assertThat(new Found("", "f").below("f")).isEqualTo(new Found("", "f"));
  }
}
