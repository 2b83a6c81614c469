package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Mounts of the large file from memory, each in a process of its own. */
record MemoryMounts(Bucket bucket, Scratch scratch) implements View.Source {
  @Override
  public View open(View.Wish wish) throws IOException, InterruptedException {
    Path directory = scratch.at("memory-mnt");
    List<String> words =
        Java.command(
            MemoryMount.class,
            bucket.root().toString(),
            Bucket.NAME,
            bucket.keys(Scenario.Subject.MODEL).getFirst(),
            directory.toString());
    var command = new Mount.Command(words, Map.of(), scratch.at("memory.log"));
    return Mount.start(directory, command, output -> output.contains("mounted"));
  }
}
