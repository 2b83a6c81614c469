package io.sluice.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.ListRequest;
import io.sluice.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Cloud Storage answers when it refuses: the right kind, and a message that says what to do.
 */
final class GcsErrorsTest extends FaultsFixture {
  @ParameterizedTest
  @CsvSource({
    "500, backendError, Unavailable, as scripted",
    "502, badGateway, Unavailable, as scripted",
    "503, backendError, Unavailable, as scripted",
    "504, gatewayTimeout, Unavailable, as scripted",
    "501, notImplemented, Unsupported, as scripted",
    "429, rateLimitExceeded, Throttled, as scripted",
    "429, '', Throttled, as scripted",
    "403, rateLimitExceeded, Throttled, as scripted",
    "403, userRateLimitExceeded, Throttled, as scripted",
    "403, quotaExceeded, Throttled, as scripted",
    "403, forbidden, Denied, as scripted",
    "403, accountDisabled, Denied, billing",
    "400, userProjectMissing, Denied, --billing-project",
    "400, invalid, Invalid, as scripted",
    "401, authError, Denied, gcloud auth application-default login",
    "404, notFound, NotFound, as scripted",
    "408, uploadBrokenConnection, Unavailable, as scripted",
    "409, conflict, Conflict, as scripted",
    "412, conditionNotMet, Changed, as scripted",
    "413, uploadTooLarge, TooLarge, as scripted",
    "416, requestedRangeNotSatisfiable, RangeNotSatisfiable, as scripted",
    "302, found, Invalid, as scripted",
  })
  void aGetTellsTheKindAndTheWayOut(int status, String reason, String kind, String hint)
      throws Exception {
    server.script(GcsAnswers.error(status, reason));
    StoreException e = failure(() -> read(store, 0, 16));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining("gs://bucket/models/k.bin")
        .hasMessageContaining(hint)
        .hasMessageContaining("REQ7");
  }

  @ParameterizedTest
  @CsvSource({
    "500, Unavailable",
    "503, Unavailable",
    "429, Throttled",
    "404, NotFound",
    "403, Denied",
    "401, Denied",
    "400, Invalid"
  })
  void aRefusalWithoutADocumentIsToldByItsStatus(int status, String kind) throws Exception {
    server.script(wire -> wire.send(status, "", ""));
    StoreException e = failure(() -> store.head("models/k.bin"));
    assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(e)
        .hasMessageContaining("HEAD gs://bucket/models/k.bin")
        .hasMessageContaining(String.valueOf(status));
  }

  @Test
  void aMissingBucketIsToldFromAMissingObject() throws Exception {
    server.script(
        GcsAnswers.error(404, "notFound", "The specified bucket does not exist."),
        GcsAnswers.part(4, 8));
    assertThat(failureThenScripted(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket named bucket");
    server.script(GcsAnswers.error(404, "notFound", "No such object: bucket/models/k.bin"));
    assertThat(failure(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageNotContaining("no bucket");
  }

  private StoreException failureThenScripted(Attempt attempt) throws Exception {
    StoreException e =
        org.assertj.core.api.Assertions.catchThrowableOfType(StoreException.class, attempt::make);
    assertThat(read(store, 4, 8)).isEqualTo("efgh");
    return e;
  }

  @Test
  void aBucketWithoutAnAnswerToAListingIsMissing() throws Exception {
    server.script(GcsAnswers.error(404, "notFound"));
    assertThat(failure(() -> store.list(ListRequest.directory("models/"))))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("no bucket named bucket");
  }

  @Test
  void nobodyIsAskedForCredentials() throws Exception {
    server.script(
        GcsAnswers.error(
            401, "required", "Anonymous caller does not have storage.objects.get access"));
    assertThat(failure(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContaining("leave --no-sign-request out");
  }

  @Test
  void aRequestThatSomebodyHasToPayForSaysSo() throws Exception {
    server.script(
        GcsAnswers.error(
            400, "required", "Bucket is requester pays bucket but no user project provided."));
    assertThat(failure(() -> store.head("models/k.bin")))
        .isInstanceOf(StoreException.Denied.class)
        .hasMessageContaining("--billing-project");
  }

  @Test
  void aRefusalWithAWebPageIsStillARefusal() throws Exception {
    server.script(wire -> wire.send(503, "Content-Type: text/html\r\n", "<html>no backend</html>"));
    assertThat(failure(() -> read(store, 0, 16)))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("503");
  }
}
