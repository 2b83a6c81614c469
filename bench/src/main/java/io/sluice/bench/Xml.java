package io.sluice.bench;

import io.sluice.store.ListPage;
import io.sluice.store.ListRequest;
import io.sluice.store.ObjectMeta;
import io.sluice.store.Part;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

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

  static String begun(Uploads.Pending upload) {
    StringBuilder xml = new StringBuilder(START);
    xml.append("<InitiateMultipartUploadResult").append(NAMESPACE).append('>');
    element(xml, "Bucket", upload.place().bucket());
    element(xml, "Key", upload.place().key());
    element(xml, "UploadId", upload.id());
    return xml.append("</InitiateMultipartUploadResult>").toString();
  }

  static String completed(S3Requests.Place place, String tag) {
    StringBuilder xml = new StringBuilder(START);
    xml.append("<CompleteMultipartUploadResult").append(NAMESPACE).append('>');
    element(xml, "Bucket", place.bucket());
    element(xml, "Key", place.key());
    element(xml, "ETag", "\"" + tag + "\"");
    return xml.append("</CompleteMultipartUploadResult>").toString();
  }

  /** All parts of an upload with numbers above {@code after}: {@code most} of them. */
  static String parts(Uploads.Pending upload, int after, int most) {
    List<Part> all =
        upload.parts().tailMap(after + 1).values().stream().map(Uploads.Arrived::part).toList();
    List<Part> page = all.subList(0, Math.min(most, all.size()));
    StringBuilder xml = new StringBuilder(START);
    xml.append("<ListPartsResult").append(NAMESPACE).append('>');
    element(xml, "Bucket", upload.place().bucket());
    element(xml, "Key", upload.place().key());
    element(xml, "UploadId", upload.id());
    element(xml, "MaxParts", Integer.toString(most));
    element(xml, "IsTruncated", Boolean.toString(page.size() < all.size()));
    if (page.size() < all.size())
      element(xml, "NextPartNumberMarker", Integer.toString(page.getLast().number()));
    for (Part part : page) {
      xml.append("<Part>");
      element(xml, "PartNumber", Integer.toString(part.number()));
      element(xml, "ETag", "\"" + part.tag() + "\"");
      element(xml, "Size", Long.toString(part.size()));
      xml.append("</Part>");
    }
    return xml.append("</ListPartsResult>").toString();
  }

  /** Uploads that wait, all on one page. */
  static String uploads(String bucket, List<Uploads.Pending> uploads) {
    StringBuilder xml = new StringBuilder(START);
    xml.append("<ListMultipartUploadsResult").append(NAMESPACE).append('>');
    element(xml, "Bucket", bucket);
    element(xml, "IsTruncated", "false");
    for (Uploads.Pending upload : uploads) {
      xml.append("<Upload>");
      element(xml, "Key", upload.place().key());
      element(xml, "UploadId", upload.id());
      element(xml, "Initiated", upload.begun().toString());
      xml.append("</Upload>");
    }
    return xml.append("</ListMultipartUploadsResult>").toString();
  }

  /** A page of ListObjects, either form; keys are URL-encoded where the request asked for it. */
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
    // For the first form of ListObjects; clients of either ignore what the other one needs.
    page.next().ifPresent(next -> element(xml, "NextMarker", name(next, encoded)));
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
