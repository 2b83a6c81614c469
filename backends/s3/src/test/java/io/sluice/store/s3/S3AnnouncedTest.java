package io.sluice.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.store.Payload;
import io.sluice.store.PutOptions;
import io.sluice.store.StoreException;
import io.sluice.store.UploadId;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body is announced where nothing tells yet that it will be taken. */
final class S3AnnouncedTest extends FaultsFixture {
  private static final Payload BODY = Payload.of(new byte[256 << 10]);
  private static final Payload SHORT = Payload.of(new byte[(256 << 10) - 1]);
  private static final UploadId UPLOAD = new UploadId("k", "U1");

  private static Answer taken() {
    return wire -> wire.send(200, "ETag: \"t2\"\r\n", "");
  }

  private List<Boolean> announced() {
    return server.requests().stream()
        .map(request -> "100-continue".equals(request.headers().get("Expect")))
        .toList();
  }

  @Test
  void theFirstObjectIsAndThoseAfterItAreNot() throws Exception {
    server.script(taken(), taken(), taken());
    for (int i = 0; i < 3; i++) store.put("k" + i, BODY, PutOptions.ANY);
    assertThat(announced()).containsExactly(true, false, false);
  }

  @Test
  void soIsOneAfterARefusal() throws Exception {
    server.script(taken(), S3Answers.error(403, "AccessDenied"), taken());
    store.put("k", BODY, PutOptions.ANY);
    assertThatThrownBy(() -> store.put("k", BODY, PutOptions.ANY))
        .isInstanceOf(StoreException.Denied.class);
    store.put("k", BODY, PutOptions.ANY);
    assertThat(announced()).containsExactly(true, false, true);
  }

  @Test
  void soIsEachThatIsUnderACondition() throws Exception {
    server.script(taken(), taken());
    for (int i = 0; i < 2; i++) store.put("k" + i, BODY, PutOptions.IF_ABSENT);
    assertThat(announced()).containsExactly(true, true);
  }

  @Test
  void theFirstPartOfEachUploadIs() throws Exception {
    server.script(taken(), taken(), taken());
    store.uploads().put(UPLOAD, 1, BODY);
    store.uploads().put(UPLOAD, 2, BODY);
    store.uploads().put(new UploadId("k", "U2"), 1, BODY);
    assertThat(announced()).containsExactly(true, false, true);
  }

  @Test
  void whatIsShortIsNot() throws Exception {
    server.script(taken(), taken());
    store.put("k", SHORT, PutOptions.IF_ABSENT);
    store.uploads().put(UPLOAD, 1, SHORT);
    assertThat(announced()).containsExactly(false, false);
  }
}
