package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ObjectAttributes;
import io.sluice.store.ObjectVersion;
import io.sluice.store.PutOptions;
import io.sluice.store.testkit.ScriptedHttpServer;
import org.junit.jupiter.api.Test;

/** Copies whose source is another bucket of the same server. */
final class S3CopySourceTest extends FaultsFixture {
  private static final String COPIED = "<CopyObjectResult><ETag>\"t3\"</ETag></CopyObjectResult>";

  @Test
  void aCopyAsksTheOtherBucketAndNamesIt() throws Exception {
    server.script(S3Answers.head(), S3Answers.xml(COPIED));
    try (S3Store into = S3Store.openToCopyFrom("other-bucket", settings(PATIENT))) {
      assertThat(into.copy(VERSION, "to", PutOptions.ANY))
          .isEqualTo(new ObjectVersion("to", "t3", VERSION.size()));
    }
    assertThat(server.requests())
        .extracting(ScriptedHttpServer.Request::line)
        .containsExactly("HEAD /other-bucket/models/k.bin", "PUT /bucket/to");
    assertThat(server.requests().getLast().headers())
        .containsEntry("x-amz-copy-source", "other-bucket/models/k.bin")
        .containsEntry("x-amz-copy-source-if-match", "\"t1\"");
  }

  @Test
  void theSameKeyInAnotherBucketIsCopied() throws Exception {
    server.script(S3Answers.xml(COPIED));
    try (S3Store into = S3Store.openToCopyFrom("other-bucket", settings(PATIENT))) {
      into.copy(VERSION, VERSION.key(), PutOptions.ANY.with(ObjectAttributes.ofType("a/b")));
    }
    assertThat(server.requests())
        .extracting(ScriptedHttpServer.Request::line)
        .containsExactly("PUT /bucket/models/k.bin");
  }
}
