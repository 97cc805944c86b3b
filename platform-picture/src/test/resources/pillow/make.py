"""Writes the files of this folder, with Pillow 9.4, NumPy and libtiff's tiffcp: python3 make.py

Beside each picture lies what Pillow's convert("RGB") makes of it, as bare bytes, or of 16 bits the
upper eight; a picture without such a file is to be refused.
"""

import io
import os
import struct
import subprocess

import numpy as np
from PIL import Image

HEIGHT, WIDTH = 6, 21
RANDOM = np.random.RandomState(3)


def smooth(channels):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = [127 + 120 * np.sin(x / (4 + c) + y / (3 + c) + c) for c in range(channels)]
    return np.stack(waves, -1).astype(np.uint8)


def expect(name, pixels=None):
    if pixels is None:
        pixels = np.asarray(Image.open(name).convert("RGB"))
    open(name + ".rgb", "wb").write(pixels.astype(np.uint8).tobytes())


def written(name, content):
    open(name, "wb").write(content)


def copied(name, source, *options):
    subprocess.run(["tiffcp", *options, source, name], check=True)


def tiff(name, entries, data):
    """A file of one strip."""
    entries = sorted(entries + [(256, [WIDTH]), (257, [HEIGHT]), (278, [HEIGHT]), (273, [8])]
                     + [(279, [len(data)])])
    body, apart = b"", b""
    place = 8 + len(data) + 2 + 12 * len(entries) + 4
    for tag, values in entries:
        packed = struct.pack("<%dH" % len(values), *values)
        if len(packed) > 4:
            body += struct.pack("<HHII", tag, 3, len(values), place + len(apart))
            apart += packed
        else:
            body += struct.pack("<HHI", tag, 3, len(values)) + packed.ljust(4, b"\0")
    start = b"II*\0" + struct.pack("<I", 8 + len(data)) + data
    written(name, start + struct.pack("<H", len(entries)) + body + bytes(4) + apart)


def kind(channels, colours, packing, bits=8, *more):
    return [(258, [bits] * channels), (259, [packing]), (262, [colours]), (277, [channels]), *more]


def jpeg(image, **how):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, subsampling=0, **how)
    return out.getvalue()


def without(content, marker):
    at = content.index(bytes([0xFF, marker]))
    length = struct.unpack(">H", content[at + 2:at + 4])[0]
    return content[:at] + content[at + 2 + length:]


inks = Image.fromarray(smooth(4), "CMYK")
colour = Image.fromarray(smooth(3))

# four numbers a pixel, packed by JPEG
inks.save("inks-jpeg.tif", compression="jpeg", quality=95)
expect("inks-jpeg.tif")
Image.fromarray(smooth(4), "RGBA").save("rgba-jpeg.tif", compression="jpeg", quality=95)
expect("rgba-jpeg.tif")
adobe = jpeg(inks)
at = adobe.index(b"Adobe") + 11
tiff("refused-ycck.tif", kind(4, 5, 7), adobe[:at] + b"\2" + adobe[at + 1:])
tiff("refused-rgb-as-ycbcr.tif", kind(3, 2, 7), without(jpeg(colour), 0xE0))

# differences of 16 bits
deep = RANDOM.randint(0, 65536, (HEIGHT, WIDTH, 3)).astype("<u2")
tiff("plain.tif", kind(3, 2, 1, 16), deep.tobytes())
copied("differences.tif", "plain.tif", "-c", "lzw:2")
copied("differences-tiles.tif", "plain.tif", "-c", "zip:2", "-t", "-w", "16", "-l", "16")
copied("differences-big-endian.tif", "plain.tif", "-c", "lzw:2", "-B")
tiff("plain.tif", kind(1, 1, 1, 16), deep[..., 0].tobytes())
copied("differences-grey.tif", "plain.tif", "-c", "lzw:2")
os.remove("plain.tif")
for name in ("differences", "differences-tiles", "differences-big-endian"):
    expect(name + ".tif", deep >> 8)
expect("differences-grey.tif", np.repeat(deep[..., :1] >> 8, 3, 2))

# colours darkened by transparency
tiff("premultiplied.tif", kind(4, 2, 1, 8, (338, [1])), smooth(4).tobytes())
expect("premultiplied.tif")

# kinds of colours and of files that are not read
colour.convert("LAB").save("refused-lab.tif")
colour.save("plain.tif")
copied("refused-big.tif", "plain.tif", "-8")
os.remove("plain.tif")

# colours of five and six bits
def bitmap(name, compression, masks):
    data = RANDOM.bytes(HEIGHT * 44)
    start = 54 + len(masks)
    head = struct.pack("<IHHI", start + len(data), 0, 0, start)
    head += struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 16, compression, len(data), 0, 0, 0, 0)
    written(name, b"BM" + head + masks + data)
    expect(name)


bitmap("five-bits.bmp", 0, b"")
bitmap("six-bits.bmp", 3, struct.pack("<3I", 0xF800, 0x7E0, 0x1F))

# Adobe's marker with a transform that three colours do not have
plain = jpeg(colour)
marker = b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\2"
written("adobe-two.jpg", plain[:20] + marker + plain[20:])
expect("adobe-two.jpg")

# a number beyond the palette, which is around a first frame that is smaller than the canvas
colour.quantize(8).save("beyond-palette.gif", interlace=0)
content = bytearray(open("beyond-palette.gif", "rb").read())
struct.pack_into("<HH", content, 6, WIDTH + 4, HEIGHT + 3)
at = 13 + 3 * (2 << (content[10] & 7))
while content[at] == 0x21:
    at += 2
    while content[at]:
        at += content[at] + 1
    at += 1
struct.pack_into("<HH", content, at + 1, 2, 1)
content[at:at] = b"\x21\xF9\4\1\0\0\xC8\0"
written("beyond-palette.gif", bytes(content))
expect("beyond-palette.gif")
