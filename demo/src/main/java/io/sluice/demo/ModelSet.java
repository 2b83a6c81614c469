package io.sluice.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model as it is published: shards of weights, an index of what is in which, a configuration. */
record ModelSet(List<ModelFile> files) {
  private static final int SHARDS = 4;

  ModelSet {
    files = List.copyOf(files);
  }

  /** A model with about so many bytes of weights. */
  static ModelSet of(long bytes) {
    List<Shard> shards =
        IntStream.rangeClosed(1, SHARDS)
            .mapToObj(number -> Shard.of(number, SHARDS, bytes / SHARDS))
            .toList();
    List<ModelFile> files = new ArrayList<>();
    files.add(ModelFile.text("config.json", configuration()));
    shards.forEach(shard -> files.add(shard.file()));
    files.add(ModelFile.text("model.safetensors.index.json", index(shards)));
    return new ModelSet(files);
  }

  long size() {
    return files.stream().mapToLong(ModelFile::size).sum();
  }

  private static String configuration() {
    return """
        {
          "architectures": ["LlamaForCausalLM"],
          "hidden_size": 1024,
          "intermediate_size": 4096,
          "model_type": "llama",
          "torch_dtype": "bfloat16"
        }
        """;
  }

  private static String index(List<Shard> shards) {
    long total = shards.stream().mapToLong(Shard::weightBytes).sum();
    String places =
        shards.stream()
            .flatMap(
                shard ->
                    shard.tensors().stream()
                        .map(tensor -> "    \"" + tensor.name() + "\": \"" + shard.name() + '"'))
            .collect(Collectors.joining(",\n"));
    return """
        {
          "metadata": {"total_size": %d},
          "weight_map": {
        %s
          }
        }
        """
        .formatted(total, places);
  }
}
