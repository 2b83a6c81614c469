"""Makes the samples beside it: pip install numpy==2.4.6 safetensors==0.8.0 gguf==0.19.0; python samples.py

sample.zip has the names, the order and the alignment that torch.save gives its archives; the library
that writes it is Python's own, with the extra field as padding.
"""
import struct
import zipfile

import gguf
import numpy
from safetensors.numpy import save_file

tensors = {
    "model.embed.weight": numpy.arange(256, dtype=numpy.float32).reshape(16, 16),
    "model.layers.0.weight": numpy.ones((8, 16), dtype=numpy.float16),
    "model.layers.1.weight": numpy.zeros((8, 16), dtype=numpy.float16),
    "lm_head.weight": numpy.full((4, 16), 7, dtype=numpy.float32),
}
save_file(tensors, "sample.safetensors", metadata={"format": "np"})

writer = gguf.GGUFWriter("sample.gguf", "llama")
writer.add_uint32("llama.block_count", 2)
writer.add_float32("llama.rope.freq_base", 10000.0)
writer.add_token_list(["<s>", "</s>", "Hello", "world"])
writer.add_array("tokenizer.ggml.scores", [0.0, 1.0, 2.0, 3.0])
writer.add_custom_alignment(64)
for name, tensor in tensors.items():
    writer.add_tensor(name, tensor[:, :12].copy() if "layers.0" in name else tensor)
quantized = gguf.quants.quantize(numpy.ones((2, 32), dtype=numpy.float32), gguf.GGMLQuantizationType.Q8_0)
writer.add_tensor("quantized", quantized, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()


def entry(archive, name, data):
    info = zipfile.ZipInfo("archive/" + name, (1980, 1, 1, 0, 0, 0))
    padding = -(archive.fp.tell() + 30 + len(info.filename) + 4) % 64
    info.extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
    archive.writestr(info, data)


with zipfile.ZipFile("sample.zip", "w", zipfile.ZIP_STORED) as archive:
    entry(archive, "data.pkl", b"\x80\x02}q\x00.")
    entry(archive, "byteorder", b"little")
    for number, tensor in enumerate(tensors.values()):
        entry(archive, f"data/{number}", tensor.tobytes())
    entry(archive, "version", b"3\n")
