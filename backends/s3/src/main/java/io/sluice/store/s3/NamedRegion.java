package io.sluice.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A region that a refusal names in its document only is put where other refusals have it, into the
 * header: the SDK forgets the document.
 */
final class NamedRegion implements ExecutionInterceptor {
  static final String HEADER = "x-amz-bucket-region";

  private static final ExecutionAttribute<InputStream> BODY = new ExecutionAttribute<>("body");

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse answer, ExecutionAttributes attributes) {
    SdkHttpResponse response = answer.httpResponse();
    Optional<InputStream> body = answer.responseBody();
    boolean mayNameIt =
        switch (response.statusCode()) {
          case 301, 307, 400 -> response.firstMatchingHeader(HEADER).isEmpty();
          default -> false;
        };
    if (!mayNameIt || body.isEmpty()) return response;
    return peek(body.get(), attributes)
        .flatMap(NamedRegion::region)
        .<SdkHttpResponse>map(region -> response.toBuilder().putHeader(HEADER, region).build())
        .orElse(response);
  }

  /** What the body starts with; whoever reads it next sees it again. */
  private static Optional<ErrorDocument> peek(InputStream body, ExecutionAttributes attributes) {
    byte[] start;
    try {
      start = body.readNBytes(ErrorDocument.LONGEST);
    } catch (IOException e) {
      return Optional.empty(); // whoever reads it next fails in the same way
    }
    attributes.putAttribute(BODY, new SequenceInputStream(new ByteArrayInputStream(start), body));
    return ErrorDocument.in(start);
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse answer, ExecutionAttributes attributes) {
    return Optional.ofNullable(attributes.getAttribute(BODY)).or(answer::responseBody);
  }

  private static Optional<String> region(ErrorDocument document) {
    return document
        .field("Region")
        .or(() -> document.field("Endpoint").flatMap(AwsHost::parse).flatMap(AwsHost::region));
  }
}
