package io.sluice.cache;

import java.util.Arrays;
import java.util.List;

/**
 * Which files are fetched whole, ahead of their readers.
 *
 * @param mode when
 * @param models what a model file is called: patterns without a slash are those of its name,
 *     wherever it lies, others those of its whole key
 */
public record WholeFiles(Mode mode, List<KeyPattern> models) {
  /** When a file is fetched whole. */
  public enum Mode {
    /** Model files that are really being read, and any file that is read in order for long. */
    AUTO,
    /** Never; nor are its siblings. What is read ahead of each reader stays. */
    OFF,
    /** Every file, as soon as it is opened. */
    WHOLE
  }

  /** Endings of the names of files that hold weights. */
  private static final List<KeyPattern> MODELS =
      named(
          "*.safetensors",
          "*.gguf",
          "*.ggml",
          "*.bin",
          "*.pt",
          "*.pth",
          "*.ckpt",
          "*.onnx",
          "*.npz",
          "*.npy",
          "*.h5",
          "*.msgpack",
          "*.tflite",
          "*.engine",
          "*.plan",
          "*.mar",
          "*.nemo",
          "*.model");

  /** Model files, by their usual names. */
  public static final WholeFiles USUAL = new WholeFiles(Mode.AUTO, MODELS);

  public WholeFiles {
    models = List.copyOf(models);
  }

  private static List<KeyPattern> named(String... patterns) {
    return Arrays.stream(patterns).map(KeyPattern::parse).toList();
  }

  public WholeFiles withMode(Mode other) {
    return new WholeFiles(other, models);
  }

  public WholeFiles withModels(List<KeyPattern> others) {
    return new WholeFiles(mode, others);
  }

  /** Whether a key is that of a model file. */
  boolean isModel(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    for (KeyPattern model : models)
      if (model.matches(model.toString().indexOf('/') < 0 ? name : key)) return true;
    return false;
  }
}
