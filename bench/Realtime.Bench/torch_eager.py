"""Times a purifier in PyTorch eager on the weights and tiles that bench cpu wrote; prints a JSON object a line.

usage: torch_eager.py FOLDER THREADS SECONDS
FOLDER holds model.json (architecture; name, offset and shape of each weight; number and size of the tiles), weights.bin, tiles.bin and expected.bin (float32).
"""

import json
import math
import os
import sys
import time

import torch
import torch.nn.functional as F


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


class Purifier:
    """The masked autoencoder at r = 0, as src/Trainer/Nets/MaskedAutoencoderPurifier.cs computes it."""

    def __init__(self, architecture, weights, dtype):
        self.a = architecture
        self.w = {name: weight.to(dtype) for name, weight in weights.items()}
        self.dtype = dtype

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def conv(self, x, name):
        return F.conv2d(x, self.w[name + ".weight"], self.w[name + ".bias"], padding=1)

    def norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def block(self, x, name):
        b, n, d = x.shape
        heads = self.a["Heads"]
        q, k, v = self.linear(self.norm(x, name + ".norm1"), name + ".qkv").reshape(b, n, 3, heads, d // heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q * (1 / math.sqrt(d / heads))) @ k.transpose(2, 3)
        x = x + self.linear((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d), name + ".projection")
        return x + self.linear(F.gelu(self.linear(self.norm(x, name + ".norm2"), name + ".expand")), name + ".contract")

    def __call__(self, picture):
        a, size, patch = self.a, self.a["Size"], self.a["Patch"]
        edge = size // patch
        picture = picture.to(self.dtype)
        maps = (picture - 0.5) * 2
        if a["Stem"]:
            maps = F.relu(self.conv(F.relu(self.conv(maps, "stem.first")), "stem.second"))
        embed = self.w["embed.weight"].reshape(a["Width"], -1, patch, patch)
        tokens = F.conv2d(maps, embed, self.w["embed.bias"], stride=patch).flatten(2).transpose(1, 2) + self.w["positions"]
        for i in range(a["Encoder"]):
            tokens = self.block(tokens, f"encoder.{i}")
        tokens = self.norm(tokens, "encoderNorm") + self.w["positions"]
        for i in range(a["Decoder"]):
            tokens = self.block(tokens, f"decoder.{i}")
        rows = self.linear(self.norm(tokens, "decoderNorm"), "unembed")
        grid = rows.reshape(rows.shape[0], edge, edge, -1, patch, patch).permute(0, 3, 1, 4, 2, 5)
        change = grid.reshape(rows.shape[0], -1, size, size)
        if a["Stem"]:
            change = self.conv(F.relu(self.conv(F.relu(self.conv(torch.cat([maps, change], 1), "head.first")), "head.second")), "head.last")
        return (picture + change if a["Residual"] else change * 0.5 + 0.5).clamp(0, 1)


def main():
    folder, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    torch.set_num_threads(threads)
    with open(os.path.join(folder, "model.json")) as file:
        model = json.load(file)
    flat = read(folder, "weights.bin")
    weights = {w["Name"]: flat[w["Offset"]:w["Offset"] + math.prod(w["Shape"])].reshape(w["Shape"]) for w in model["Weights"]}
    size = model["Architecture"]["Size"]
    tiles = read(folder, "tiles.bin").reshape(-1, 3, size, size)
    expected = read(folder, "expected.bin").reshape(tiles.shape)
    for name, dtype in (("float32", torch.float32), ("bfloat16", torch.bfloat16)):
        purifier = Purifier(model["Architecture"], weights, dtype)
        with torch.inference_mode():
            difference = (purifier(tiles[: model["Batch"]]).float() - expected[: model["Batch"]]).abs().max().item()
            best, end = math.inf, time.perf_counter() + seconds
            while time.perf_counter() < end or best == math.inf:
                begin = time.perf_counter()
                for part in tiles.split(model["Batch"]):
                    purifier(part)
                best = min(best, time.perf_counter() - begin)
        print(json.dumps({"Format": name, "Difference": difference, "Seconds": best, "Version": torch.__version__}), flush=True)


main()
