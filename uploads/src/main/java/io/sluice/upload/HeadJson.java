package io.sluice.upload;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sluice.store.ContentHeader;
import io.sluice.store.ObjectAttributes;
import io.sluice.store.UploadId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of a state as JSON, with the names of Persevere where it has one, and the whole state
 * that Persevere writes. Pure.
 */
final class HeadJson {
  static final int VERSION = 1;

  private HeadJson() {}

  static JsonObject of(UploadHead head) {
    var json = new JsonObject();
    json.addProperty("sluice_upload", VERSION);
    json.addProperty("s3_bucket", head.to().bucket());
    json.addProperty("s3_key", head.to().key());
    json.addProperty("file_to_upload", head.file().toString());
    json.addProperty("file_size_in_bytes", head.plan().size());
    json.addProperty("part_size", head.plan().partSize());
    json.addProperty("number_of_parts", head.plan().parts());
    head.identity()
        .ifPresent(
            identity -> {
              json.addProperty("file_modified", identity.modified().toString());
              json.addProperty("file_inode", identity.inode());
            });
    var connection = new JsonArray();
    head.to().connection().forEach(connection::add);
    json.add("connection", connection);
    json.add("attributes", of(head.attributes()));
    return json;
  }

  private static JsonObject of(ObjectAttributes attributes) {
    var headers = new JsonObject();
    attributes.headers().forEach((header, value) -> headers.addProperty(header.name(), value));
    var json = new JsonObject();
    json.add("headers", headers);
    json.add("metadata", of(attributes.metadata()));
    json.add("tags", of(attributes.tags()));
    attributes.storageClass().ifPresent(name -> json.addProperty("storage_class", name));
    attributes.acl().ifPresent(name -> json.addProperty("acl", name));
    return json;
  }

  private static JsonObject of(Map<String, String> texts) {
    var json = new JsonObject();
    texts.forEach(json::addProperty);
    return json;
  }

  static UploadHead read(Fields fields) {
    List<String> connection = new ArrayList<>();
    for (JsonElement option : fields.list("connection")) connection.add(option.getAsString());
    UploadPlan plan = plan(fields);
    return new UploadHead(
        new Destination(fields.text("s3_bucket"), fields.text("s3_key"), connection),
        Path.of(fields.text("file_to_upload")),
        identity(fields, plan.size()),
        plan,
        attributes(fields.object("attributes")));
  }

  private static UploadPlan plan(Fields fields) {
    var plan = new UploadPlan(fields.number("file_size_in_bytes"), fields.number("part_size"));
    if (plan.parts() != fields.number("number_of_parts"))
      throw new IllegalArgumentException("is damaged: its number_of_parts is not that of its file");
    return plan;
  }

  private static Optional<FileIdentity> identity(Fields fields, long size) {
    if (!fields.has("file_modified")) return Optional.empty();
    try {
      Instant modified = Instant.parse(fields.text("file_modified"));
      return Optional.of(new FileIdentity(size, modified, fields.number("file_inode")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("is damaged: its file_modified is none", e);
    }
  }

  private static ObjectAttributes attributes(Fields fields) {
    var headers = new EnumMap<ContentHeader, String>(ContentHeader.class);
    fields
        .object("headers")
        .texts()
        .forEach((header, value) -> headers.put(ContentHeader.valueOf(header), value));
    return new ObjectAttributes(
        headers,
        fields.object("metadata").texts(),
        fields.object("tags").texts(),
        fields.optional("storage_class"),
        fields.optional("acl"));
  }

  /** What Persevere has written: its parts are as long as its plan says, and nobody summed them. */
  static UploadState readOriginal(Fields fields) {
    UploadPlan plan = plan(fields);
    var to = new Destination(fields.text("s3_bucket"), fields.text("s3_key"));
    var head =
        new UploadHead(
            to,
            Path.of(fields.text("file_to_upload")),
            Optional.empty(),
            plan,
            ObjectAttributes.NONE);
    var parts = new TreeMap<Integer, SentPart>();
    for (JsonElement element : fields.list("completed_parts")) {
      Fields part = Fields.of(element, "completed_parts");
      int number = Math.toIntExact(part.number("part_number"));
      parts.put(number, StateText.part(part, plan.range(number).length()));
    }
    boolean isSummed = parts.values().stream().anyMatch(part -> part.part().crc32c().isPresent());
    return new UploadState(
        head, Optional.of(new UploadId(to.key(), fields.text("upload_id"), isSummed)), parts);
  }
}
