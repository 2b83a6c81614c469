package io.sluice.store.gcs;

import io.sluice.store.ObjectVersion;
import io.sluice.store.testkit.Dialect;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedHttpServer.Request;
import java.util.List;

/** How Cloud Storage says it. */
final class GcsDialect implements Dialect {
  @Override
  public String url() {
    return "gs://bucket/" + KEY;
  }

  @Override
  public ObjectVersion version() {
    return new ObjectVersion(KEY, GcsAnswers.GENERATION, CONTENT.length());
  }

  @Override
  public String partHead(int start, int end) {
    return GcsAnswers.partHead(start, end);
  }

  @Override
  public Answer whole() {
    return GcsAnswers.whole(GcsAnswers.GENERATION, GcsAnswers.CRC);
  }

  @Override
  public Answer broken() {
    return GcsAnswers.error(500, "internalError");
  }

  @Override
  public Answer refusal() {
    return GcsAnswers.error(403, "forbidden");
  }

  @Override
  public Answer replaced() {
    return GcsAnswers.error(412, "conditionNotMet");
  }

  @Override
  public List<Answer> passing() {
    return List.of(
        broken(),
        GcsAnswers.error(503, "backendError"),
        GcsAnswers.error(403, "rateLimitExceeded"),
        GcsAnswers.error(408, "requestTimeout"),
        wire -> wire.send(429, "", ""),
        wire -> wire.send(partHead(0, 16) + "abcdefghijklmnoq")); // another CRC32C
  }

  @Override
  public boolean isConditional(Request request) {
    return request.line().contains("ifGenerationMatch=" + GcsAnswers.GENERATION);
  }
}
