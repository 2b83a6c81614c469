package io.sluice.store.s3;

import io.sluice.store.ObjectVersion;
import io.sluice.store.testkit.Dialect;
import io.sluice.store.testkit.ScriptedHttpServer.Answer;
import io.sluice.store.testkit.ScriptedHttpServer.Request;
import java.util.List;

/** How S3 says it. */
final class S3Dialect implements Dialect {
  @Override
  public String url() {
    return "s3://bucket/" + KEY;
  }

  @Override
  public ObjectVersion version() {
    return new ObjectVersion(KEY, S3Answers.TAG, CONTENT.length());
  }

  @Override
  public String partHead(int start, int end) {
    return S3Answers.partHead(start, end);
  }

  @Override
  public Answer whole() {
    return S3Answers.whole(S3Answers.TAG);
  }

  @Override
  public Answer broken() {
    return S3Answers.error(500, "InternalError");
  }

  @Override
  public Answer refusal() {
    return S3Answers.error(403, "AccessDenied");
  }

  @Override
  public Answer replaced() {
    return S3Answers.error(412, "PreconditionFailed");
  }

  @Override
  public List<Answer> passing() {
    return List.of(
        broken(),
        S3Answers.error(503, "SlowDown"),
        S3Answers.error(503, "ServiceUnavailable"),
        S3Answers.error(400, "RequestTimeout"),
        S3Answers.bare(429, ""));
  }

  @Override
  public boolean isConditional(Request request) {
    return ('"' + S3Answers.TAG + '"').equals(request.headers().get("If-Match"));
  }
}
