package io.sluice.store.s3;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Tags between our form and the SDK's. */
final class Tags {
  private Tags() {}

  static Tagging tagging(Map<String, String> tags) {
    return Tagging.builder()
        .tagSet(
            tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  static Map<String, String> of(Collection<Tag> set) {
    var tags = new LinkedHashMap<String, String>();
    for (Tag tag : set) tags.put(tag.key(), tag.value());
    return tags;
  }
}
