package io.sluice.store.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Every request says whose the bucket must be, so that S3 refuses it with 403 where somebody else
 * owns the name. Put on below the operations: none of them can forget it.
 *
 * @param account an AWS account's id
 */
record ExpectedOwner(String account) implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest asked, ExecutionAttributes attributes) {
    SdkHttpRequest.Builder request =
        asked.httpRequest().toBuilder().putHeader("x-amz-expected-bucket-owner", account);
    // A copy reads from a bucket, too: ours.
    if (asked.httpRequest().firstMatchingHeader("x-amz-copy-source").isPresent())
      request.putHeader("x-amz-source-expected-bucket-owner", account);
    return request.build();
  }
}
