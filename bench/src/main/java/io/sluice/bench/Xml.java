package io.sluice.bench;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The bodies of answers that are not objects, as S3 writes them. */
final class Xml {
  private static final String START = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  private Xml() {}

  static String error(String code, String message) {
    return START
        + "<Error><Code>%s</Code><Message>%s</Message><RequestId>bench</RequestId></Error>"
            .formatted(code, escaped(message));
  }

  static String location() {
    return START + "<LocationConstraint" + NAMESPACE + "/>";
  }

  /** A page of ListObjectsV2; keys are URL-encoded where the request asked for it. */
  static String page(String bucket, ListRequest request, ListPage page, boolean encoded) {
    StringBuilder xml = new StringBuilder(START);
    xml.append("<ListBucketResult").append(NAMESPACE).append('>');
    element(xml, "Name", bucket);
    element(xml, "Prefix", name(request.prefix(), encoded));
    request.delimiter().ifPresent(d -> element(xml, "Delimiter", name(d, encoded)));
    if (encoded) element(xml, "EncodingType", "url");
    element(xml, "MaxKeys", Integer.toString(request.maxKeys()));
    element(xml, "KeyCount", Integer.toString(page.objects().size() + page.prefixes().size()));
    element(xml, "IsTruncated", Boolean.toString(page.next().isPresent()));
    page.next().ifPresent(next -> element(xml, "NextContinuationToken", token(next)));
    for (ObjectMeta object : page.objects()) {
      xml.append("<Contents>");
      element(xml, "Key", name(object.key(), encoded));
      element(xml, "LastModified", object.lastModified().toString());
      element(xml, "ETag", "\"" + object.version().tag() + "\"");
      element(xml, "Size", Long.toString(object.size()));
      element(xml, "StorageClass", "STANDARD");
      xml.append("</Contents>");
    }
    for (String prefix : page.prefixes()) {
      xml.append("<CommonPrefixes>");
      element(xml, "Prefix", name(prefix, encoded));
      xml.append("</CommonPrefixes>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  /** A continuation token, which clients may not look into. */
  static String token(String after) {
    return Base64.getUrlEncoder().encodeToString(after.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What {@link #token} was made of.
   *
   * @throws IllegalArgumentException where it was not
   */
  static String after(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }

  private static String name(String name, boolean encoded) {
    return encoded ? URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/") : name;
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>').append(escaped(text));
    xml.append("</").append(name).append('>');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
